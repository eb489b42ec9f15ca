package org.drivelens.system;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
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
    try {
      Files.createDirectories(CACHES);
      // Another JVM of tests may be about to make the same.
      try (var file = FileChannel.open(CACHES.resolve(module + ".lock"), CREATE, WRITE);
          var _ = file.lock()) {
        if (cache(module, start) == null) {
          make(module, start, javaOptions, settings);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void make(
      String module, Path start, String javaOptions, Map<String, String> settings)
      throws IOException, InterruptedException {
    var unfinished = CACHES.resolve(module + ".new.aot");
    Files.deleteIfExists(unfinished);
    var builder = new ProcessBuilder(start.toAbsolutePath().normalize().toString());
    // Options are split at blanks, which the path may have: hence a name in the folder.
    builder.directory(CACHES.toFile());
    builder.environment().putAll(settings);
    builder
        .environment()
        .put(
            "DRIVELENS_JAVA_OPTIONS",
            "%s -XX:AOTCacheOutput=%s -Dspring.context.exit=onRefresh"
                .formatted(javaOptions, unfinished.getFileName()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(CACHES.resolve(module + ".log").toFile());
    var process = builder.start();
    var lifeline = Lifeline.of(process);
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return;
    }
    lifeline.letGo();
    if (Files.exists(unfinished)) {
      Files.move(unfinished, CACHES.resolve(module + ".aot"), ATOMIC_MOVE);
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
