package org.drivelens.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.drivelens.emulator.call.Calls;
import org.drivelens.emulator.control.Control;
import org.drivelens.emulator.directory.PhotoDirectory;
import org.drivelens.emulator.drive.DriveApi;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.push.Channels;
import org.drivelens.emulator.token.ServiceAccount;
import org.drivelens.emulator.token.TokenEndpoint;
import org.drivelens.emulator.token.Tokens;
import org.drivelens.emulator.wire.Front;
import org.jspecify.annotations.Nullable;

/**
 * Google Drive v3 in this process: give {@link #rootUrl} and {@link #serviceAccountFile} to any
 * Drive client, change what lies in it by {@link #library}, and trouble it by {@link #faults}.
 */
public final class DriveEmulator implements AutoCloseable {

  private final Library library;
  private final Front front;
  private final Faults faults;
  private final Calls calls;
  private final Channels channels;
  private final Tokens tokens;
  private final ServiceAccount account;
  private final Path serviceAccountFile;
  private final @Nullable URI address;
  private final @Nullable Path temporary;
  private final @Nullable PhotoDirectory directory;

  /** An empty one in memory on a free port of the loopback address. */
  public static DriveEmulator start() {
    return start(Settings.inMemory());
  }

  /** Answers requests when it returns. */
  public static DriveEmulator start(Settings settings) {
    try {
      return new DriveEmulator(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DriveEmulator(Settings settings) throws IOException {
    temporary =
        settings.serviceAccount() == null && settings.data() == null
            ? Files.createTempDirectory("drive-emulator")
            : null;
    address = settings.address();
    serviceAccountFile = serviceAccountFile(settings, temporary);
    ServiceAccount.prepare(serviceAccountFile);
    calls = new Calls(settings.clock());
    faults = new Faults(settings.clock());
    tokens = new Tokens(settings.clock());
    library = new Library(settings.data(), settings.clock(), faults.oddities(), settings.seed());
    channels =
        new Channels(library.robotView(), faults.oddities(), settings.clock(), settings.data());
    library.onDeed(channels::wake);
    front = new Front(new InetSocketAddress(settings.bind(), settings.port()));
    try {
      account = ServiceAccount.at(serviceAccountFile, rootUrl() + "token");
      if (settings.photos() != null) {
        SampleLibrary.fill(library, settings.photos());
      }
      directory = settings.directory() == null ? null : serve(settings.directory(), settings);
      channels.resume();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    answer(settings.clock());
  }

  private void answer(Clock clock) {
    var endpoint = new TokenEndpoint(account, tokens, clock);
    var api =
        new DriveApi(
            library.robotView(), account.email(), tokens, endpoint, calls, faults, channels, clock);
    var control = new Control(library, faults, calls, tokens, channels, this::health);
    front.start(request -> control.owns(request) ? control.answer(request) : api.answer(request));
  }

  private PhotoDirectory serve(Path photos, Settings settings) throws IOException {
    return PhotoDirectory.serve(photos, library, settings.data(), settings.clock());
  }

  private Map<String, Object> health() {
    var health = new LinkedHashMap<String, Object>();
    health.put("status", "UP");
    health.put("rootUrl", rootUrl());
    health.put("robotEmail", robotEmail());
    health.put("items", library.itemCount());
    sampleFolderId()
        .ifPresent(id -> {
          health.put("sampleFolderId", id);
          health.put("sampleFolderUrl", "https://drive.google.com/drive/folders/" + id);
        });
    if (directory != null) {
      health.put("directoryFolderId", directory.folderId());
      health.put("directory", directory.state());
    }
    return health;
  }

  private static Path serviceAccountFile(Settings settings, @Nullable Path temporary) {
    if (settings.serviceAccount() != null) {
      return settings.serviceAccount();
    }
    Path directory = settings.data() == null ? temporary : settings.data();
    if (directory == null) {
      throw new IllegalStateException("nowhere to write the service account");
    }
    return directory.resolve("service-account.json");
  }

  /** {@code http://127.0.0.1:<port>/} or its address, for {@code Drive.Builder.setRootUrl}. */
  public String rootUrl() {
    return address == null ? "http://127.0.0.1:" + front.port() + "/" : address.toString();
  }

  public int port() {
    return front.port();
  }

  /** A service-account file whose token_uri is this emulator. */
  public Path serviceAccountFile() {
    return serviceAccountFile;
  }

  /** Whom to share folders with; {@link Library#share} does. */
  public String robotEmail() {
    return account.email();
  }

  /** The folder made from {@code photos}, if there is one. */
  public Optional<String> sampleFolderId() {
    return SampleLibrary.folder(library).map(Item::id);
  }

  /** The folder that stands for the directory of photos, if one is served. */
  public Optional<String> directoryFolderId() {
    return Optional.ofNullable(directory).map(PhotoDirectory::folderId);
  }

  public Library library() {
    return library;
  }

  public Faults faults() {
    return faults;
  }

  public Calls calls() {
    return calls;
  }

  /** Push channels, and what was sent to them. */
  public Channels channels() {
    return channels;
  }

  /** Lifetime and revocation of access tokens. */
  public Tokens tokens() {
    return tokens;
  }

  /** Ends everything that waits and stops listening. */
  @Override
  public void close() {
    faults.clear();
    channels.close();
    if (directory != null) {
      directory.close();
    }
    front.close();
    library.close();
    if (temporary != null) {
      serviceAccountFile.toFile().delete();
      temporary.toFile().delete();
    }
  }
}
