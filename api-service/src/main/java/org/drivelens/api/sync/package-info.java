/** Asking for syncs, and seeing how they stand. */
@NullMarked
package org.drivelens.api.sync;

import org.jspecify.annotations.NullMarked;
