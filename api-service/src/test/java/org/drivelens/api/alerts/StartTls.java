package org.drivelens.api.alerts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;

/** Stands before a mail server that knows no STARTTLS, and takes that part. */
final class StartTls implements AutoCloseable {

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SSLSocketFactory tls;
  private final int behind;

  StartTls(SSLSocketFactory tls, int behind) throws IOException {
    this.tls = tls;
    this.behind = behind;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    try (var client = listening.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      line(server.getInputStream());
      say(client, "220 ready");
      while (!line(client.getInputStream()).equals("STARTTLS")) {
        say(client, "250-here");
        say(client, "250 STARTTLS");
      }
      say(client, "220 go on");
      var secret = tls.createSocket(client, null, true);
      threads.execute(() -> pass(secret, server));
      pass(server, secret);
    } catch (IOException _) {
      // The client has left.
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of them has left.
    }
  }

  private static void say(Socket to, String line) throws IOException {
    to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes not a byte more than the line. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("ended");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
