/** How the whole stands, for whoever runs it: what the dashboard shows beside single events. */
@NullMarked
package org.drivelens.api.operations;

import org.jspecify.annotations.NullMarked;
