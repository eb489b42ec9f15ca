/** Folders of Google Drive as people name them, and the events that share them. */
@NullMarked
package org.drivelens.api.folders;

import org.jspecify.annotations.NullMarked;
