/** The sync worker process. */
@NullMarked
package org.drivelens.worker;

import org.jspecify.annotations.NullMarked;
