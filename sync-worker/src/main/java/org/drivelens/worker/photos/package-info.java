/** What the gallery holds: photos, the folders they lie in, and what could not be shown. */
@NullMarked
package org.drivelens.worker.photos;

import org.jspecify.annotations.NullMarked;
