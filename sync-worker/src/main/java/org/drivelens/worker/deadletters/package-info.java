/**
 * Messages that nobody could read or handle: taken from the broker and kept where they are seen.
 */
@NullMarked
package org.drivelens.worker.deadletters;

import org.jspecify.annotations.NullMarked;
