/** Looks at a folder of Google Drive before a gallery follows it. */
@NullMarked
package org.drivelens.api.preflight;

import org.jspecify.annotations.NullMarked;
