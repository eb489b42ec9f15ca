/** The scheduler process: a clock that publishes messages. */
@NullMarked
package org.drivelens.scheduler;

import org.jspecify.annotations.NullMarked;
