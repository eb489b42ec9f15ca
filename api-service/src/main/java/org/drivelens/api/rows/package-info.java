/** Columns as the API shows them. */
@NullMarked
package org.drivelens.api.rows;

import org.jspecify.annotations.NullMarked;
