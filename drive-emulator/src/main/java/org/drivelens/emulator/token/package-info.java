/** The robot's credentials and Google's token endpoint. */
@NullMarked
package org.drivelens.emulator.token;

import org.jspecify.annotations.NullMarked;
