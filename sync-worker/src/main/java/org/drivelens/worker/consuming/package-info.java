/** How this process takes messages from the broker, and how it gives them back. */
@NullMarked
package org.drivelens.worker.consuming;

import org.jspecify.annotations.NullMarked;
