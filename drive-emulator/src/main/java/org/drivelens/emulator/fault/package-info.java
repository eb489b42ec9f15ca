/** Trouble on demand: latency, errors, broken answers and calls held until released. */
@NullMarked
package org.drivelens.emulator.fault;

import org.jspecify.annotations.NullMarked;
