/** When what is due: the scheduler acts on it, and the API shows it. */
@NullMarked
package org.drivelens.schedule;

import org.jspecify.annotations.NullMarked;
