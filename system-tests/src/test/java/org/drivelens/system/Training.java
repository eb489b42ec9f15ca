package org.drivelens.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.drivelens.testsupport.Lifeline;
import org.jspecify.annotations.Nullable;

/**
 * Caches of loaded classes, made as the launcher makes them after a first start: a service starts
 * in a third of the time with one. The tests start and kill dozens of workers.
 */
final class Training {

  private static final Path CACHES =
      Path.of("target", "system-tests", "aot").toAbsolutePath().normalize();

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Training() {}

  /** The cache for a service as it is built now, or null. */
  static @Nullable Path cache(String module, Path start) {
    var cache = CACHES.resolve(module + ".aot");
    var jar = start.resolveSibling(module + ".jar");
    return Files.exists(cache) && modified(cache) > modified(jar) ? cache : null;
  }

  /** Makes the cache if there is none; without one everything works, only slower. */
  static void train(String module, Path start, String javaOptions, Map<String, String> settings) {
    if (cache(module, start) != null) {
      return;
    }
    try {
      Files.createDirectories(CACHES);
      Files.deleteIfExists(CACHES.resolve(module + ".aot"));
      var builder = new ProcessBuilder(start.toAbsolutePath().normalize().toString());
      // Options are split at blanks, which the path may have: hence a name in the folder.
      builder.directory(CACHES.toFile());
      builder.environment().putAll(settings);
      builder
          .environment()
          .put(
              "DRIVELENS_JAVA_OPTIONS",
              "%s -XX:AOTCacheOutput=%s.aot -Dspring.context.exit=onRefresh"
                  .formatted(javaOptions, module));
      builder.redirectErrorStream(true);
      builder.redirectOutput(CACHES.resolve(module + ".log").toFile());
      var process = builder.start();
      var lifeline = Lifeline.of(process);
      if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        lifeline.letGo();
      } else {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
