/** Tells whoever runs Drivelens what needs them, and when it is well again. */
@NullMarked
package org.drivelens.api.alerts;

import org.jspecify.annotations.NullMarked;
