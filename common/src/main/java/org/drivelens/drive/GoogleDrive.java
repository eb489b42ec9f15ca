package org.drivelens.drive;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Google Drive as we use it: reading only. Safe for many threads. Every call draws the fleet's
 * quota first, is tried again while Drive is {@link DriveProblem.Busy}, and otherwise throws a
 * {@link DriveProblem}.
 */
public final class GoogleDrive implements AutoCloseable {

  private static final int PAGE = 1000;

  private final @Nullable URI root;
  private final HttpTransport transport;
  private final Robot robot;
  final Quota quota;
  final Exchange exchange;
  private final Drive drive;
  private final Exchange.Caller caller;

  /**
   * Opens nothing yet: a missing key file or a Drive out of reach is told by the first call.
   *
   * @param dataSource the database that holds the fleet's quota
   */
  public GoogleDrive(
      DriveProperties properties, QuotaProperties quotaProperties, DataSource dataSource) {
    root = properties.rootUrl();
    transport = Transport.of(properties);
    robot = new Robot(properties.credentials(), transport);
    quota = new Quota(dataSource, robot::email, quotaProperties, properties.retry().total());
    exchange = new Exchange(properties, quota);
    drive = client(transport, robot, root);
    caller = new Exchange.Caller(Priority.INTERACTIVE, new DriveCalls());
  }

  private GoogleDrive(GoogleDrive shared, Exchange.Caller caller) {
    root = shared.root;
    transport = shared.transport;
    robot = shared.robot;
    quota = shared.quota;
    exchange = shared.exchange;
    drive = shared.drive;
    this.caller = caller;
  }

  private static Drive client(HttpTransport transport, Robot robot, @Nullable URI root) {
    return new Drive.Builder(transport, GsonFactory.getDefaultInstance(), robot::authorize)
        .setApplicationName("Drivelens")
        .setRootUrl(root == null ? Drive.DEFAULT_ROOT_URL : root.toString())
        .build();
  }

  /** The same client, counting into this tally; it lives as long as the one it was taken from. */
  public GoogleDrive counting(DriveCalls calls) {
    return new GoogleDrive(this, new Exchange.Caller(caller.priority(), calls));
  }

  /** The same client, drawing quota for these callers; for interactive syncs if never said. */
  public GoogleDrive at(Priority priority) {
    return new GoogleDrive(this, new Exchange.Caller(priority, caller.tally()));
  }

  /** The address to share folders with. */
  public String robot() {
    return robot.email();
  }

  /** The fleet's bucket that this client draws from. */
  public Quota quota() {
    return quota;
  }

  /**
   * A file or folder as it is now.
   *
   * @throws DriveProblem.Unreadable if Drive tells too little of it
   */
  public DriveFile get(String fileId, @Nullable String resourceKey) {
    return exchange.json(
        caller,
        DriveMethod.GET,
        () ->
            DriveQuery.ready(file(fileId).setFields(DriveAnswers.FILE), keyOf(fileId, resourceKey)),
        DriveAnswers::file);
  }

  /** One page of what lies directly in these folders and is not trashed. */
  public FilePage list(Collection<FolderRef> parents, @Nullable String pageToken) {
    return list(DriveQuery.childrenOf(parents), parents, pageToken);
  }

  /** The same, with what is in the trash, by itself or with its folder. */
  public FilePage listWithTrash(Collection<FolderRef> parents, @Nullable String pageToken) {
    return list(DriveQuery.childrenAndTrashOf(parents), parents, pageToken);
  }

  private FilePage list(String query, Collection<FolderRef> parents, @Nullable String pageToken) {
    return exchange.json(
        caller,
        DriveMethod.LIST,
        () ->
            DriveQuery.ready(
                drive
                    .files()
                    .list()
                    .setQ(query)
                    .setPageSize(PAGE)
                    .setPageToken(pageToken)
                    .setSupportsAllDrives(true)
                    .setIncludeItemsFromAllDrives(true)
                    .setFields(DriveAnswers.FILES),
                parents),
        DriveAnswers::files);
  }

  /** Where a change log ends: that of a shared drive, or with null the credential's own. */
  public String startPageToken(@Nullable String driveId) {
    return exchange.json(
        caller,
        DriveMethod.START_PAGE_TOKEN,
        () ->
            DriveQuery.ready(
                drive
                    .changes()
                    .getStartPageToken()
                    .setDriveId(driveId)
                    .setSupportsAllDrives(true)
                    .setFields("startPageToken"),
                List.of()),
        DriveAnswers::startPageToken);
  }

  /** One page of a change log; entries about shared drives themselves are left out. */
  public ChangePage changes(String pageToken, @Nullable String driveId) {
    return exchange.json(
        caller,
        DriveMethod.CHANGES,
        () ->
            DriveQuery.ready(
                drive
                    .changes()
                    .list(pageToken)
                    .setDriveId(driveId)
                    .setPageSize(PAGE)
                    .setRestrictToMyDrive(false)
                    .setIncludeRemoved(true)
                    .setSupportsAllDrives(true)
                    .setIncludeItemsFromAllDrives(true)
                    .setFields(DriveAnswers.CHANGES),
                List.of()),
        DriveAnswers::changes);
  }

  /** The channels by which Google announces that a change log has news. */
  public DriveChannels channels() {
    return new DriveChannels(drive, exchange, caller);
  }

  /**
   * The bytes of a file, as they come; the caller closes them.
   *
   * @param range as in HTTP's Range header, null for all
   */
  public Media media(String fileId, @Nullable String resourceKey, @Nullable String range) {
    return exchange.media(
        caller,
        DriveMethod.DOWNLOAD,
        () -> {
          var request = file(fileId);
          // With alt=media the library asks /download/, which streams (stack 4).
          request.set("alt", "media");
          request.getRequestHeaders().setRange(range);
          return DriveQuery.ready(request, keyOf(fileId, resourceKey));
        });
  }

  /**
   * Drive's small picture of a file, upright; empty when there is none.
   *
   * @param width the longest side, in pixels
   */
  public Optional<Thumbnail> thumbnail(String fileId, @Nullable String resourceKey, int width) {
    // Links live for hours only, so each is fetched and used at once (drive-api 3).
    var known =
        exchange.json(
            caller,
            DriveMethod.GET,
            () ->
                DriveQuery.ready(
                    file(fileId).setFields(ThumbnailLink.FIELDS), keyOf(fileId, resourceKey)),
            DriveAnswers::thumbnailLink);
    return known
        .sized(width, root)
        .flatMap(this::picture)
        .map(media -> new Thumbnail(media, known.md5(), known.version()));
  }

  /** That Google does not hand out a picture says nothing of the file or of us: there is none. */
  private Optional<Media> picture(GenericUrl url) {
    try {
      return Optional.of(
          exchange.media(
              caller,
              DriveMethod.THUMBNAIL,
              () -> drive.getRequestFactory().buildGetRequest(url.clone())));
    } catch (DriveProblem.Busy busy) {
      throw busy;
    } catch (DriveProblem refused) {
      return Optional.empty();
    }
  }

  private Drive.Files.Get file(String fileId) throws IOException {
    return drive.files().get(DriveQuery.checked(fileId)).setSupportsAllDrives(true);
  }

  private static List<FolderRef> keyOf(String fileId, @Nullable String resourceKey) {
    return List.of(new FolderRef(fileId, resourceKey));
  }

  /** Ends the pool of connections, also for views of it. */
  @Override
  public void close() {
    try {
      transport.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
