/**
 * The bytes of photos, straight from Google Drive, apart from browsing so that it never waits for
 * them.
 */
@NullMarked
package org.drivelens.api.content;

import org.jspecify.annotations.NullMarked;
