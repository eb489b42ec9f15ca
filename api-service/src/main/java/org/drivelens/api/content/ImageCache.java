package org.drivelens.api.content;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Thumbnails that were asked for before, as many as fit. Whoever asks for one that somebody else is
 * fetching gets that one, whole or with its trouble; trouble is not kept. It knows nothing of who
 * may see what: that is asked before.
 */
final class ImageCache {

  /** Far longer than Drive takes; who asks later must not wait for a fetch that hangs. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final AsyncCache<Key, Picture> kept;
  private final Counter hits;
  private final Counter misses;
  private final Counter shared;

  /**
   * What never changes its bytes.
   *
   * @param version of the content: of another one there is another key
   */
  record Key(String fileId, String version, int width) {}

  /**
   * @param bytes that all of them may take; with 0 none is kept, but fetches are shared
   */
  ImageCache(long bytes, MeterRegistry meters) {
    kept =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key _, Picture picture) -> picture.weight())
            // Not on the thread of whoever asks: the others still wait when that one goes away.
            .executor(Thread::startVirtualThread)
            .buildAsync();
    hits = counter(meters, "hit");
    misses = counter(meters, "miss");
    shared = counter(meters, "shared");
    Gauge.builder("drivelens.image.cache.size", this, ImageCache::weight)
        .description("Memory that kept thumbnails take")
        .baseUnit("bytes")
        .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("drivelens.image.cache.requests")
        .description("Thumbnails that were asked for and had to be sent")
        .tag("result", result)
        .register(meters);
  }

  /**
   * The kept picture, or what the fetch brings that is under way, or is begun now.
   *
   * @param fetch tells by null that there is none to be kept, and throws what everybody who waits
   *     for it is told
   */
  @Nullable Picture get(Key key, Supplier<@Nullable Picture> fetch) {
    var mine = new boolean[1];
    var picture =
        kept.get(
            key,
            (_, executor) -> {
              mine[0] = true;
              return CompletableFuture.supplyAsync(fetch, executor)
                  .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS);
            });
    (mine[0] ? misses : picture.isDone() ? hits : shared).increment();
    var result = result(picture);
    if (result != null && !result.current()) {
      kept.asMap().remove(key, picture);
    }
    return result;
  }

  private static @Nullable Picture result(CompletableFuture<Picture> picture) {
    try {
      return picture.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException trouble) {
        throw trouble;
      }
      if (e.getCause() instanceof TimeoutException) {
        throw ApiProblem.later(
            ProblemType.DRIVE_BUSY, "Google Drive takes too long for this image.", AGAIN);
      }
      throw e;
    }
  }

  private double weight() {
    // A thread of its own weighs what is new, some time later. Till then the size is of before.
    kept.synchronous().cleanUp();
    return kept.synchronous().policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}
