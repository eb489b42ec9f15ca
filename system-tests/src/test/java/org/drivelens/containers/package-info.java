/** What can be told of the compose file and the images without an engine. */
@NullMarked
package org.drivelens.containers;

import org.jspecify.annotations.NullMarked;
