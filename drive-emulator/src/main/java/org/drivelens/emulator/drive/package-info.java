/** The Drive v3 methods: files, media, changes and about. */
@NullMarked
package org.drivelens.emulator.drive;

import org.jspecify.annotations.NullMarked;
