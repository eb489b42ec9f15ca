/** One event, one run: claims it, walks its folder or applies what the feed says, and ends it. */
@NullMarked
package org.drivelens.worker.sync;

import org.jspecify.annotations.NullMarked;
