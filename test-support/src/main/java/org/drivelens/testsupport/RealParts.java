package org.drivelens.testsupport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drivelens.emulator.DriveEmulator;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.TestContextAnnotationUtils;

/** What one test class was given, whichever way it asks. */
final class RealParts implements AutoCloseable {

  private static final Map<Class<?>, RealParts> BY_CLASS = new ConcurrentHashMap<>();

  private final Class<?> testClass;
  private @Nullable TestDatabase database;
  private @Nullable TestBroker broker;
  private @Nullable DriveEmulator drive;

  private RealParts(Class<?> testClass) {
    this.testClass = testClass;
  }

  /** The parts of a test class; nested classes share those of the outermost one. */
  static RealParts of(Class<?> testClass) {
    Class<?> outermost = testClass;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    return BY_CLASS.computeIfAbsent(outermost, RealParts::new);
  }

  synchronized TestDatabase database() {
    if (database == null) {
      database = TestDatabase.withSchema(testClass.getSimpleName());
    }
    return database;
  }

  synchronized TestBroker broker() {
    if (broker == null) {
      var wish = TestContextAnnotationUtils.findMergedAnnotation(testClass, OnRealParts.class);
      var name = testClass.getSimpleName();
      broker = wish != null && wish.ownBroker() ? TestBroker.own(name) : TestBroker.shared(name);
    }
    return broker;
  }

  synchronized DriveEmulator drive() {
    if (drive == null) {
      drive = DriveEmulator.start();
    }
    return drive;
  }

  @Override
  public synchronized void close() {
    BY_CLASS.remove(testClass);
    if (database != null) {
      database.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (drive != null) {
      drive.close();
    }
  }
}
