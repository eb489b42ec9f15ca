/** Which Drive calls there are, which were made, and how to name some of them. */
@NullMarked
package org.drivelens.emulator.call;

import org.jspecify.annotations.NullMarked;
