/** Letting an event, or all of them, rest. */
@NullMarked
package org.drivelens.api.pauses;

import org.jspecify.annotations.NullMarked;
