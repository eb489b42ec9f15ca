/** How a bad setting is told. */
@NullMarked
package org.drivelens.settings;

import org.jspecify.annotations.NullMarked;
