/** When which message is published, and catching up with what was missed. */
@NullMarked
package org.drivelens.scheduler.ticks;

import org.jspecify.annotations.NullMarked;
