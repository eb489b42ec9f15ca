package org.drivelens.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Hands out TCP ports for servers that a test starts as processes. */
public final class FreePorts {

  // Below the range from which Linux takes the ports of outgoing connections (32768 and up): a port
  // of that range may be gone again before the server that it was meant for has started.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private static final Set<Integer> GIVEN = new HashSet<>();
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  private FreePorts() {}

  /** A port of the loopback address that is free now and was not handed out before in this JVM. */
  public static synchronized int next() {
    while (true) {
      int port = RANDOM.nextInt(LOWEST, HIGHEST);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (java.net.BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
