/** Push channels: who is told of changes, and the telling (drive-api 6). */
@NullMarked
package org.drivelens.emulator.push;

import org.jspecify.annotations.NullMarked;
