/** What Prometheus reads of a worker; observes only. */
@NullMarked
package org.drivelens.worker.metrics;

import org.jspecify.annotations.NullMarked;
