package org.drivelens.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A small shell that outlives this JVM by a moment and ends what the JVM started.
 *
 * <p>Its standard input is a pipe from the JVM. The kernel closes that pipe however the JVM ends,
 * {@code kill -9} included, which no shutdown hook sees. The shell runs in a session of its own, so
 * that Ctrl-C in a terminal does not reach it before its work is done.
 */
public final class Lifeline {

  private static final String KEEP = "keep\n";

  private final Process shell;

  /**
   * Starts the shell.
   *
   * @param script ends with a {@code read word} and what is to be done then; {@code $word} is
   *     {@code keep} after {@link #cutAndKeep}, empty when the JVM ended
   */
  Lifeline(String script, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of("setsid", "sh", "-c", script, "lifeline"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(new File("/dev/null"));
    builder.environment().putAll(environment);
    try {
      shell = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sees to it that a process ends, by {@code kill -9} if need be, when this JVM has ended. */
  public static Lifeline of(Process process) {
    var script =
        """
        read word
        test "$word" = keep || kill -s KILL "$1"
        """;
    return new Lifeline(script, Map.of(), String.valueOf(process.pid()));
  }

  /** Lets go: what hangs on this line lives on without it, or has ended already. */
  public void letGo() {
    cutAndKeep();
  }

  boolean holds() {
    return shell.isAlive();
  }

  /** Ends what hangs on this line now, and keeps its data. */
  void cutAndKeep() {
    try (var pipe = shell.getOutputStream()) {
      pipe.write(KEEP.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException alreadyGone) {
      // The shell has done its work before us.
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!shell.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + shell.pid() + " did not end its servers");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
