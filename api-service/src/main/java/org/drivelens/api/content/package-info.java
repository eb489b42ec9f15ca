/**
 * The bytes of photos, from Google Drive or from memory, apart from browsing so that it never waits
 * for them.
 */
@NullMarked
package org.drivelens.api.content;

import org.jspecify.annotations.NullMarked;
