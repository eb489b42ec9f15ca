/** Trouble that ends a sync or a poll, and what a person reads about it. */
@NullMarked
package org.drivelens.worker.trouble;

import org.jspecify.annotations.NullMarked;
