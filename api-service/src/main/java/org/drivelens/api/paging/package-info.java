/** Pages and the opaque cursors that lead from one to the next. */
@NullMarked
package org.drivelens.api.paging;

import org.jspecify.annotations.NullMarked;
