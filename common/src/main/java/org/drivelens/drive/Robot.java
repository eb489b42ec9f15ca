package org.drivelens.drive;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.services.drive.DriveScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The service account: whom folders are shared with, and the bearer of every request. */
final class Robot {

  private final @Nullable Path keyFile;
  private final HttpTransport transport;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile @Nullable Account account;

  Robot(@Nullable Path keyFile, HttpTransport transport) {
    this.keyFile = keyFile;
    this.transport = transport;
  }

  private record Account(ServiceAccountCredentials credentials, HttpCredentialsAdapter adapter) {}

  String email() {
    return account().credentials().getClientEmail();
  }

  /**
   * Signs a request. A token that Drive refuses is replaced once; that the token endpoint fails
   * then is thrown as its own failure, while the library's handler would leave a 401 as if Drive
   * had refused us.
   */
  void authorize(HttpRequest request) throws IOException {
    var robot = account();
    robot.adapter().initialize(request);
    request.setUnsuccessfulResponseHandler(
        (again, response, mayRetry) -> mayRetry && refresh(robot, again, response));
  }

  private boolean refresh(Account robot, HttpRequest request, HttpResponse response)
      throws IOException {
    if (response.getStatusCode() != 401) {
      return false;
    }
    var refused = request.getHeaders().getAuthorization();
    // Sixteen calls may learn at once that the token is gone; the first fetches a new one for all.
    refreshing.lock();
    try {
      authorize(request);
      if (Objects.equals(refused, request.getHeaders().getAuthorization())) {
        robot.credentials().refresh();
        authorize(request);
      }
    } finally {
      refreshing.unlock();
    }
    return true;
  }

  /** Read when first needed, and again until it can be read: a service starts without its key. */
  private Account account() {
    var known = account;
    if (known == null) {
      known = read();
      account = known;
    }
    return known;
  }

  private Account read() {
    if (keyFile == null) {
      throw new DriveProblem.CredentialsRefused(
          "There is no service-account key: set GOOGLE_APPLICATION_CREDENTIALS to its file.", null);
    }
    try (var json = Files.newInputStream(keyFile)) {
      // Without the library's own retries: one place retries (Exchange).
      var credentials =
          ServiceAccountCredentials.fromStream(json, () -> transport).toBuilder()
              .setScopes(List.of(DriveScopes.DRIVE_READONLY))
              .setDefaultRetriesEnabled(false)
              .build();
      return new Account(credentials, new HttpCredentialsAdapter(credentials));
    } catch (NoSuchFileException e) {
      throw unusable("does not exist");
    } catch (IOException e) {
      throw unusable("cannot be read as a service-account key");
    } catch (RuntimeException e) {
      throw unusable("is not a service-account key");
    }
  }

  /** The reader's own messages may quote the file, and with it the key: they are not passed on. */
  private static DriveProblem unusable(String why) {
    return new DriveProblem.CredentialsRefused(
        "The file named by GOOGLE_APPLICATION_CREDENTIALS " + why + ".", null);
  }
}
