package org.drivelens.testsupport;

import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.drivelens.emulator.DriveEmulator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;

/** Fills in parameters of plain tests, and clears up after every class. */
final class RealPartsExtension implements BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RealPartsExtension.class);

  private static final Set<Class<?>> PARTS =
      Set.of(TestDatabase.class, TestBroker.class, DriveEmulator.class);

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(10));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  // The store of the class closes what it holds after all callbacks of that class, Spring's too.
  @Override
  public void beforeAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      context
          .getStore(NAMESPACE)
          .put(RealParts.class, RealParts.of(context.getRequiredTestClass()));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARTS.contains(parameter.getParameter().getType()) && !isSprings(parameter);
  }

  // A parameter must have one resolver: what Spring fills in (the same objects, as beans) is its.
  private static boolean isSprings(ParameterContext parameter) {
    return parameter.isAnnotated(Autowired.class)
        || parameter.getDeclaringExecutable().isAnnotationPresent(Autowired.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var parts = RealParts.of(context.getRequiredTestClass());
    var type = parameter.getParameter().getType();
    if (type == DriveEmulator.class) {
      return parts.drive();
    }
    return type == TestDatabase.class ? parts.database() : parts.broker();
  }
}
