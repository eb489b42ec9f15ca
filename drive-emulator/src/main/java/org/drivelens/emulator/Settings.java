package org.drivelens.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is started: {@code Settings.inMemory().data(dir)}.
 *
 * @param bind the address to listen on
 * @param port 0 for a free one
 * @param address under which clients reach it; null for its port on the loopback address
 * @param data where everything is kept; null keeps it in memory
 * @param photos a directory whose pictures fill an empty library; null leaves it empty
 * @param directory of somebody's own photos to serve; null for none
 * @param serviceAccount the robot's credentials, written if missing; null for a file of its own
 * @param seed from which the ids of a new library follow; any if not set
 */
public record Settings(
    String bind,
    int port,
    @Nullable URI address,
    @Nullable Path data,
    @Nullable Path photos,
    @Nullable Path directory,
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
        null,
        null,
        Clock.systemUTC(),
        ThreadLocalRandom.current().nextLong());
  }

  public Settings bind(String host) {
    return new Settings(host, port, address, data, photos, directory, serviceAccount, clock, seed);
  }

  public Settings port(int number) {
    return new Settings(
        bind, number, address, data, photos, directory, serviceAccount, clock, seed);
  }

  public Settings address(@Nullable URI url) {
    return new Settings(bind, port, url, data, photos, directory, serviceAccount, clock, seed);
  }

  public Settings data(@Nullable Path folder) {
    return new Settings(
        bind, port, address, folder, photos, directory, serviceAccount, clock, seed);
  }

  public Settings photos(@Nullable Path pictures) {
    return new Settings(
        bind, port, address, data, pictures, directory, serviceAccount, clock, seed);
  }

  public Settings directory(@Nullable Path other) {
    return new Settings(bind, port, address, data, photos, other, serviceAccount, clock, seed);
  }

  public Settings serviceAccount(@Nullable Path file) {
    return new Settings(bind, port, address, data, photos, directory, file, clock, seed);
  }

  public Settings clock(Clock other) {
    return new Settings(bind, port, address, data, photos, directory, serviceAccount, other, seed);
  }

  /** The same seed and the same deeds give the same ids. */
  public Settings seed(long number) {
    return new Settings(
        bind, port, address, data, photos, directory, serviceAccount, clock, number);
  }
}
