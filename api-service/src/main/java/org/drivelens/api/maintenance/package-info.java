/** Dropping what nobody needs any more from the API's own tables. */
@NullMarked
package org.drivelens.api.maintenance;

import org.jspecify.annotations.NullMarked;
