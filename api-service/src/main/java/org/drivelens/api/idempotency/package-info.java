/** A request that is sent twice, because its answer was lost, makes one thing. */
@NullMarked
package org.drivelens.api.idempotency;

import org.jspecify.annotations.NullMarked;
