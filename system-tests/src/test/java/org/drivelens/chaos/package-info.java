/** What the built services withstand: random schedules, and each fault by its name. */
@NullMarked
package org.drivelens.chaos;

import org.jspecify.annotations.NullMarked;
