/** Masks of the fields parameter, checked against the resources of Drive v3. */
@NullMarked
package org.drivelens.emulator.fields;

import org.jspecify.annotations.NullMarked;
