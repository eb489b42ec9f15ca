package org.drivelens.emulator;

import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.library.Library;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One emulator per class, one shared folder per test, and the official client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmulatorTest {

  static final Path PHOTOS = Path.of("..", "deploy", "sample-photos");
  static final HttpClient HTTP = HttpClient.newHttpClient();

  DriveEmulator emulator;
  Drive drive;
  Library library;
  Faults faults;
  String folder;

  @BeforeAll
  void startEmulator() {
    emulator = DriveEmulator.start(Settings.inMemory().clock(clock()));
    drive = OfficialClient.of(emulator);
    library = emulator.library();
    faults = emulator.faults();
  }

  /** The emulator's; the real one unless a test has its own. */
  Clock clock() {
    return Clock.systemUTC();
  }

  @BeforeEach
  void shareFolder() {
    folder = library.createFolder(null, "event");
    library.share(folder);
  }

  @AfterEach
  void calm() {
    faults.clear();
    emulator.calls().clear();
  }

  @AfterAll
  void stopEmulator() {
    emulator.close();
  }

  static byte[] photo(String path) {
    try {
      return Files.readAllBytes(PHOTOS.resolve(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String bearer() throws IOException {
    return "Bearer " + OfficialClient.accessToken(emulator);
  }

  HttpResponse<String> get(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(emulator.rootUrl() + pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
