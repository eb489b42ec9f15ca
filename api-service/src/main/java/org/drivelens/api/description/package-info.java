/** The OpenAPI description and the try-it page. */
@NullMarked
package org.drivelens.api.description;

import org.jspecify.annotations.NullMarked;
