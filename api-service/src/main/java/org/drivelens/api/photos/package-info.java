/** The photos of an event, page by page, from the database alone. */
@NullMarked
package org.drivelens.api.photos;

import org.jspecify.annotations.NullMarked;
