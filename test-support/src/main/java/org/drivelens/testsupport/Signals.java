package org.drivelens.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no word for, such as the one that freezes a process. */
public final class Signals {

  private Signals() {}

  /** Stops a process without ending it ({@code SIGSTOP}), as a long pause of its machine would. */
  public static void freeze(ProcessHandle process) {
    send("STOP", String.valueOf(process.pid()));
  }

  /** Lets a frozen process run on. */
  public static void thaw(ProcessHandle process) {
    send("CONT", String.valueOf(process.pid()));
  }

  static void send(String signal, String target) {
    try {
      var kill = new ProcessBuilder("kill", "-s", signal, "--", target).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("no process " + target + " to send " + signal + " to");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
