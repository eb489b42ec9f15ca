/** The messages, exchanges and queues that the services agree on. */
@NullMarked
package org.drivelens.contract;

import org.jspecify.annotations.NullMarked;
