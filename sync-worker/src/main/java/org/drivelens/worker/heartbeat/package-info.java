/** Shows that this worker lives. */
@NullMarked
package org.drivelens.worker.heartbeat;

import org.jspecify.annotations.NullMarked;
