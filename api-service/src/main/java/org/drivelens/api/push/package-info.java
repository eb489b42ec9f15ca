/** Receives what Google announces by push, and shows how the channels are. */
@NullMarked
package org.drivelens.api.push;

import org.jspecify.annotations.NullMarked;
