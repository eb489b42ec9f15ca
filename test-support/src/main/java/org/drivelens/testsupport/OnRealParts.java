package org.drivelens.testsupport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Gives a test class its own database (a copy of the schema) on a real PostgreSQL and its own
 * virtual host on a real RabbitMQ, and its own Drive emulator. Each is made when it is first asked
 * for: a class that uses only the database starts no broker.
 *
 * <p>Two ways of use. In a plain test, parameters of constructors and methods of type {@link
 * TestDatabase}, {@link TestBroker} and {@link org.drivelens.emulator.DriveEmulator} are filled in.
 * In a Spring test the same objects are beans, and the application connects to them: its {@code
 * JdbcConnectionDetails}, {@code RabbitConnectionDetails}, {@code drivelens.drive.root-url} and
 * {@code drivelens.drive.credentials} come from here. Its context is closed after the class, so
 * that no listener of one class lives on while the next one runs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(RealPartsExtension.class)
@DirtiesContext
public @interface OnRealParts {

  /** A broker that only this class uses and may kill; it takes some seconds to start. */
  boolean ownBroker() default false;
}
