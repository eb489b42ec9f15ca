/**
 * What every request is checked for, whatever it asks: size, strict JSON, known parameters, plain
 * text, ids.
 */
@NullMarked
package org.drivelens.api.input;

import org.jspecify.annotations.NullMarked;
