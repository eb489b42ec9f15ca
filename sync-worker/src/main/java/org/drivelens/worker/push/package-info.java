/** Keeps the channels open by which Google announces that a change log has news. */
@NullMarked
package org.drivelens.worker.push;

import org.jspecify.annotations.NullMarked;
