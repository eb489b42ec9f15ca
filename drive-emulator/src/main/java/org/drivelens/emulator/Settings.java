package org.drivelens.emulator;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is started: {@code Settings.inMemory().data(dir)}.
 *
 * @param bind the address to listen on
 * @param port 0 for a free one
 * @param data where everything is kept; null keeps it in memory
 * @param photos a directory whose pictures fill an empty library; null leaves it empty
 * @param serviceAccount the robot's credentials, written if missing; null for a file of its own
 * @param seed from which the ids of a new library follow; any if not set
 */
public record Settings(
    String bind,
    int port,
    @Nullable Path data,
    @Nullable Path photos,
    @Nullable Path serviceAccount,
    Clock clock,
    long seed) {

  public static Settings inMemory() {
    return new Settings(
        "127.0.0.1",
        0,
        null,
        null,
        null,
        Clock.systemUTC(),
        ThreadLocalRandom.current().nextLong());
  }

  public Settings bind(String address) {
    return new Settings(address, port, data, photos, serviceAccount, clock, seed);
  }

  public Settings port(int number) {
    return new Settings(bind, number, data, photos, serviceAccount, clock, seed);
  }

  public Settings data(@Nullable Path directory) {
    return new Settings(bind, port, directory, photos, serviceAccount, clock, seed);
  }

  public Settings photos(@Nullable Path directory) {
    return new Settings(bind, port, data, directory, serviceAccount, clock, seed);
  }

  public Settings serviceAccount(@Nullable Path file) {
    return new Settings(bind, port, data, photos, file, clock, seed);
  }

  public Settings clock(Clock other) {
    return new Settings(bind, port, data, photos, serviceAccount, other, seed);
  }

  /** The same seed and the same deeds give the same ids. */
  public Settings seed(long number) {
    return new Settings(bind, port, data, photos, serviceAccount, clock, number);
  }
}
