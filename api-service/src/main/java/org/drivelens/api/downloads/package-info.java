/** Download links: chosen photos as one ZIP, for whoever holds the link, until it expires. */
@NullMarked
package org.drivelens.api.downloads;

import org.jspecify.annotations.NullMarked;
