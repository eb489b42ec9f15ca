/** How this process reaches Google Drive. */
@NullMarked
package org.drivelens.worker.drive;

import org.jspecify.annotations.NullMarked;
