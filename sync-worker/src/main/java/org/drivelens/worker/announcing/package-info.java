/** Tells everybody that a run has ended, once. */
@NullMarked
package org.drivelens.worker.announcing;

import org.jspecify.annotations.NullMarked;
