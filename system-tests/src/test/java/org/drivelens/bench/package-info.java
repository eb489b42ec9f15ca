/** Figures of the built services, each beside its limit in the same run; reported, not asserted. */
@NullMarked
package org.drivelens.bench;

import org.jspecify.annotations.NullMarked;
