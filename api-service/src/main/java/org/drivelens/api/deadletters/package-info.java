/** Messages that nobody could read or handle, for the operator. */
@NullMarked
package org.drivelens.api.deadletters;

import org.jspecify.annotations.NullMarked;
