/** Private PostgreSQL, RabbitMQ and Drive emulator for every module's tests. */
@NullMarked
package org.drivelens.testsupport;

import org.jspecify.annotations.NullMarked;
