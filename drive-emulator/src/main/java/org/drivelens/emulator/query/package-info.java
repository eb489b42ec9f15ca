/** The q language of files.list. */
@NullMarked
package org.drivelens.emulator.query;

import org.jspecify.annotations.NullMarked;
