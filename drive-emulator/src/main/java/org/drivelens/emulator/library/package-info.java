/**
 * The files, folders and change log that the emulated Drive holds, and what its robot may see of
 * them.
 */
@NullMarked
package org.drivelens.emulator.library;

import org.jspecify.annotations.NullMarked;
