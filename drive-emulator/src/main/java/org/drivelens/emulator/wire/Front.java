package org.drivelens.emulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one virtual thread per request, connections kept alive. */
public final class Front implements AutoCloseable {

  // The JDK's own: a logging library would take half of the start.
  private static final Logger log = System.getLogger(Front.class.getName());
  private static final int WORTH_ZIPPING = 1024;
  private static final int SLICES = 20;

  static {
    // Read once by the JDK's server, hence here. Without nodelay every answer waits 40 ms; idle
    // connections must live longer than any client's pool keeps them, or clients meet closed ones.
    preset("sun.net.httpserver.nodelay", "true");
    preset("sun.net.httpserver.idleInterval", "300");
    preset("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Takes the port, 0 for a free one; answers nothing yet. */
  public Front(InetSocketAddress address) throws IOException {
    try {
      server = HttpServer.create(address, 1024);
    } catch (BindException e) {
      throw new IOException(address + " cannot be listened on: " + e.getMessage(), e);
    }
    server.setExecutor(threads);
  }

  public void start(Function<Request, Reply> handler) {
    server.createContext("/", exchange -> serve(exchange, handler));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static void serve(HttpExchange exchange, Function<Request, Reply> handler) {
    try (exchange) {
      Request request = read(exchange);
      write(exchange, request, answer(request, handler));
    } catch (IOException e) {
      // The client went away; that is its right.
      log.log(Level.DEBUG, () -> what(exchange), e);
    }
  }

  private static Reply answer(Request request, Function<Request, Reply> handler) {
    try {
      return handler.apply(request);
    } catch (GoogleError error) {
      return error.reply();
    } catch (RuntimeException e) {
      log.log(Level.ERROR, () -> request.method() + " " + request.path(), e);
      return new GoogleError(500, "internalError", "Internal Error").reply();
    }
  }

  private static String what(HttpExchange exchange) {
    return exchange.getRequestMethod() + " " + exchange.getRequestURI();
  }

  /** Reads the body to its end: an undrained one costs the client its connection. */
  private static Request read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(headers.get("content-encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    var parameters = new LinkedHashMap<String, String>();
    parse(exchange.getRequestURI().getRawQuery(), parameters);
    String method = exchange.getRequestMethod();
    String override = headers.get("x-http-method-override");
    if (method.equals("POST") && override != null) {
      // drive-api 10: a GET whose URL is over 2048 characters comes as a form.
      method = override.toUpperCase(Locale.ROOT);
      if (method.equals("GET")) {
        parse(new String(body, StandardCharsets.UTF_8), parameters);
      }
    }
    String path = exchange.getRequestURI().getPath();
    return new Request(method, path, Map.copyOf(parameters), headers, body);
  }

  /** Adds form-encoded pairs; the first of a repeated name stays. */
  public static void parse(@Nullable String form, Map<String, String> to) {
    if (form == null || form.isEmpty()) {
      return;
    }
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      to.putIfAbsent(decode(name), decode(value));
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void write(HttpExchange exchange, Request request, Reply reply)
      throws IOException {
    if (reply.ending() == Reply.Ending.RESET) {
      return;
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    FilePart file = reply.file();
    if (file != null && reply.pace() == null) {
      write(exchange, request, reply, file);
      return;
    }
    byte[] body = reply.body();
    String accepted = request.header("accept-encoding");
    if (reply.isJson() && accepted != null && accepted.contains("gzip")) {
      exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
      if (body.length >= WORTH_ZIPPING) {
        body = zip(body);
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      }
    }
    boolean bodiless = body.length == 0 || request.method().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      int sent = reply.ending() == Reply.Ending.TRUNCATED ? body.length / 2 : body.length;
      write(exchange.getResponseBody(), body, sent, reply.pace());
    }
  }

  private static void write(OutputStream out, byte[] body, int sent, Reply.@Nullable Pace pace)
      throws IOException {
    int slice = pace == null ? sent : Math.max(1, sent / SLICES);
    for (int at = 0; at < sent; at += slice) {
      if (at > 0 && pace != null) {
        pause(pace);
      }
      out.write(body, at, Math.min(slice, sent - at));
      out.flush();
    }
  }

  private static void pause(Reply.Pace pace) {
    try {
      var _ = pace.over().await(pace.whole().toNanos() / SLICES, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(HttpExchange exchange, Request request, Reply reply, FilePart file)
      throws IOException {
    boolean bodiless = file.length() == 0 || request.method().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : file.length());
    if (!bodiless) {
      boolean cut = reply.ending() == Reply.Ending.TRUNCATED;
      file.writeTo(exchange.getResponseBody(), cut ? file.length() / 2 : file.length());
      exchange.getResponseBody().flush();
    }
  }

  private static byte[] zip(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream(body.length / 4);
    try (var gzip = new FastGzip(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  /** A page of a thousand files is a megabyte; speed matters here, not the last per cent. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
