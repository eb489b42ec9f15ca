/** Value types of an event, and the one way to ask for a sync. */
@NullMarked
package org.drivelens.event;

import org.jspecify.annotations.NullMarked;
