package org.drivelens.emulator;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.DriveScopes;
import com.google.api.services.drive.model.File;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Google's own client with the emulator's service account, and the calls that most tests make. */
final class OfficialClient {

  static final String FILE =
      "id,name,mimeType,parents,trashed,explicitlyTrashed,size,md5Checksum,version,"
          + "imageMediaMetadata,createdTime,modifiedTime,headRevisionId";

  private OfficialClient() {}

  static Drive of(DriveEmulator emulator) {
    return of(emulator, DriveScopes.DRIVE_READONLY);
  }

  static Drive of(DriveEmulator emulator, String scope) {
    var adapter = new HttpCredentialsAdapter(credentials(emulator, scope));
    return new Drive.Builder(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            request -> {
              adapter.initialize(request);
              request.setConnectTimeout(5_000);
              request.setReadTimeout(5_000);
            })
        .setRootUrl(emulator.rootUrl())
        .setApplicationName("emulator-tests/1")
        .build();
  }

  static ServiceAccountCredentials credentials(DriveEmulator emulator, String scope) {
    try (var file = Files.newInputStream(emulator.serviceAccountFile())) {
      return (ServiceAccountCredentials)
          ServiceAccountCredentials.fromStream(file).createScoped(scope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String accessToken(DriveEmulator emulator) throws IOException {
    return credentials(emulator, DriveScopes.DRIVE_READONLY).refreshAccessToken().getTokenValue();
  }

  static Drive.Files.List children(Drive drive, String folderId) throws IOException {
    return drive
        .files()
        .list()
        .setQ("'" + folderId + "' in parents and trashed = false")
        .setFields("nextPageToken,incompleteSearch,files(" + FILE + ")")
        .setSupportsAllDrives(true)
        .setIncludeItemsFromAllDrives(true);
  }

  /** Every page. */
  static List<File> all(Drive.Files.List list) throws IOException {
    var files = new ArrayList<File>();
    do {
      var page = list.execute();
      files.addAll(page.getFiles());
      list.setPageToken(page.getNextPageToken());
    } while (list.getPageToken() != null);
    return files;
  }

  static List<String> names(List<File> files) {
    return files.stream().map(File::getName).toList();
  }

  static GoogleJsonResponseException refusal(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(GoogleJsonResponseException.class, call);
  }

  static String reason(GoogleJsonResponseException refusal) {
    return refusal.getDetails().getErrors().getFirst().getReason();
  }
}
