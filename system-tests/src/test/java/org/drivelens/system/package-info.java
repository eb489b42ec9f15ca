/** The built services as processes, against a real PostgreSQL, RabbitMQ and the Drive emulator. */
@NullMarked
package org.drivelens.system;

import org.jspecify.annotations.NullMarked;
