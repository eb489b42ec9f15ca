/** Acts on the scheduler's ticks: marks, requests in bulk, and trims. */
@NullMarked
package org.drivelens.worker.maintenance;

import org.jspecify.annotations.NullMarked;
