/** Google Drive v3 in one process. */
@NullMarked
package org.drivelens.emulator;

import org.jspecify.annotations.NullMarked;
