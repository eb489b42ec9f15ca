/** Events as people edit and see them. */
@NullMarked
package org.drivelens.api.events;

import org.jspecify.annotations.NullMarked;
