/** The emulator's own HTTP control under /emulator/. */
@NullMarked
package org.drivelens.emulator.control;

import org.jspecify.annotations.NullMarked;
