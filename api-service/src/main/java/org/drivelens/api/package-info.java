/** The REST API process. */
@NullMarked
package org.drivelens.api;

import org.jspecify.annotations.NullMarked;
