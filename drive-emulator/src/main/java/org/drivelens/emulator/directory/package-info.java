/** A directory of somebody's own photos, served as a shared folder of the emulated Drive. */
@NullMarked
package org.drivelens.emulator.directory;

import org.jspecify.annotations.NullMarked;
