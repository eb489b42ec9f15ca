/** Ends what a worker is doing in time when it is asked to stop. */
@NullMarked
package org.drivelens.worker.stop;

import org.jspecify.annotations.NullMarked;
