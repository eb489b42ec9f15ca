/** What Drive reads out of pictures, the pictures made up for tests, and their thumbnails. */
@NullMarked
package org.drivelens.emulator.picture;

import org.jspecify.annotations.NullMarked;
