/** The Google Drive client, its errors and the fleet's quota. */
@NullMarked
package org.drivelens.drive;

import org.jspecify.annotations.NullMarked;
