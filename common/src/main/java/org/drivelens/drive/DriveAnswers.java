package org.drivelens.drive;

import com.google.api.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Drive's answers, strictly where something missing would look like "nothing there". Not with
 * the library's own parser: it takes an object that is cut off between two fields for a whole one.
 */
final class DriveAnswers {

  static final String FILE =
      "id,name,mimeType,parents,trashed,explicitlyTrashed,version,size,md5Checksum,"
          + "imageMediaMetadata(width,height,rotation,time,cameraMake,cameraModel),"
          + "capabilities/canListChildren,resourceKey,driveId,"
          + "shortcutDetails(targetId,targetMimeType,targetResourceKey)";
  static final String FILES = "nextPageToken,incompleteSearch,files(" + FILE + ")";
  static final String CHANGES =
      "nextPageToken,newStartPageToken,changes(changeType,removed,time,fileId,driveId,file("
          + FILE
          + "))";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private DriveAnswers() {}

  /** Reads one kind of answer; throws any RuntimeException when it is not one. */
  interface Shape<T> {
    T of(byte[] body);
  }

  static DriveFile file(byte[] body) {
    var file = object(body);
    needed(file, "id");
    var lack = lack(file);
    if (lack != null) {
      throw new DriveProblem.Unreadable(lack);
    }
    return file(file);
  }

  static FilePage files(byte[] body) {
    var page = object(body);
    var files = new ArrayList<DriveFile>();
    var unreadable = new ArrayList<FilePage.Unreadable>();
    for (var file : array(page, "files")) {
      var lack = lack(file);
      if (lack == null) {
        files.add(file(file));
      } else {
        // One bad file must not hide the others; without even an id the answer is no listing.
        unreadable.add(
            new FilePage.Unreadable(
                needed(file, "id"), text(file, "name"), text(file.path("parents").path(0)), lack));
      }
    }
    return new FilePage(
        List.copyOf(files),
        List.copyOf(unreadable),
        page.path("incompleteSearch").asBoolean(false),
        text(page, "nextPageToken"));
  }

  static ChangePage changes(byte[] body) {
    var page = object(body);
    var changes = new ArrayList<DriveChange>();
    var drives = new TreeSet<String>();
    for (var change : array(page, "changes")) {
      // The other kind tells of a shared drive itself, not of a file.
      if ("drive".equals(text(change, "changeType"))) {
        Optional.ofNullable(text(change, "driveId")).ifPresent(drives::add);
      } else {
        changes.add(change(change));
      }
    }
    var next = text(page, "nextPageToken");
    var end = text(page, "newStartPageToken");
    if (next == null && end == null) {
      throw new IllegalStateException("a page of changes without a token");
    }
    return new ChangePage(List.copyOf(changes), drives, next, next == null ? end : null);
  }

  static String startPageToken(byte[] body) {
    return needed(object(body), "startPageToken");
  }

  static ThumbnailLink thumbnailLink(byte[] body) {
    var file = object(body);
    return new ThumbnailLink(
        text(file, "thumbnailLink"), text(file, "md5Checksum"), number(file, "version"));
  }

  static DriveChannels.Opened channel(byte[] body) {
    var channel = object(body);
    var expiration = number(channel, "expiration");
    return new DriveChannels.Opened(
        needed(channel, "resourceId"),
        expiration == null ? null : Instant.ofEpochMilli(expiration));
  }

  static Media media(HttpResponse answer) throws IOException {
    var status = answer.getStatusCode();
    if (status != 200 && status != 206) {
      answer.disconnect();
      throw new IllegalStateException("bytes with status " + status);
    }
    var headers = answer.getHeaders();
    var content = answer.getContent();
    return new Media(
        content == null ? InputStream.nullInputStream() : content,
        status,
        answer.getContentType(),
        headers.getContentLength(),
        headers.getContentRange());
  }

  private static @Nullable String lack(JsonNode file) {
    if (text(file, "mimeType") == null) {
      return "no mimeType";
    }
    return number(file, "version") == null ? "no version" : null;
  }

  /** An entry that promises a file but brings none, or a bad one, proves as little as a removal. */
  private static DriveChange change(JsonNode change) {
    var file = change.path("file");
    var removed = change.path("removed").asBoolean(false) || !file.isObject() || lack(file) != null;
    return new DriveChange(
        needed(change, "fileId"), removed, time(change, "time"), removed ? null : file(file));
  }

  private static DriveFile file(JsonNode file) {
    var mimeType = needed(file, "mimeType");
    var version = number(file, "version");
    if (version == null) {
      throw new IllegalStateException("a file without a version");
    }
    var name = text(file, "name");
    var mayList = file.path("capabilities").path("canListChildren");
    return new DriveFile(
        needed(file, "id"),
        name == null ? "" : name,
        mimeType,
        // Exactly one, or none that we may see (drive-api 3).
        text(file.path("parents").path(0)),
        file.path("trashed").asBoolean(false),
        file.path("explicitlyTrashed").asBoolean(false),
        version,
        number(file, "size"),
        text(file, "md5Checksum"),
        image(file.path("imageMediaMetadata")),
        mayList.asBoolean(true) && mimeType.equals(DriveFile.FOLDER),
        text(file, "resourceKey"),
        text(file, "driveId"),
        shortcut(file));
  }

  /** One that says nothing of where it leads is a file like any other that is no image. */
  private static DriveFile.@Nullable Shortcut shortcut(JsonNode file) {
    var details = file.path("shortcutDetails");
    var target = text(details, "targetId");
    var type = text(details, "targetMimeType");
    return target == null || type == null
        ? null
        : new DriveFile.Shortcut(
            needed(file, "id"), target, type, text(details, "targetResourceKey"));
  }

  private static @Nullable ImageMetadata image(JsonNode image) {
    if (!image.isObject()) {
      return null;
    }
    return new ImageMetadata(
        count(image, "width"),
        count(image, "height"),
        count(image, "rotation"),
        ImageMetadata.takenAt(text(image, "time")),
        ImageMetadata.camera(text(image, "cameraMake"), text(image, "cameraModel")));
  }

  private static JsonNode object(byte[] body) {
    var root = JSON.readTree(body);
    if (!root.isObject()) {
      throw new IllegalStateException("no JSON object");
    }
    return root;
  }

  private static JsonNode array(JsonNode page, String field) {
    var array = page.path(field);
    if (!array.isArray()) {
      throw new IllegalStateException("no array of " + field);
    }
    return array;
  }

  private static String needed(JsonNode of, String field) {
    var text = text(of, field);
    if (text == null || text.isEmpty()) {
      throw new IllegalStateException("no " + field);
    }
    return text;
  }

  private static @Nullable String text(JsonNode of, String field) {
    return text(of.path(field));
  }

  private static @Nullable String text(JsonNode text) {
    return text.isString() ? text.stringValue().replace("\0", "") : null;
  }

  /** Drive writes 64-bit numbers as strings (drive-api 3). */
  private static @Nullable Long number(JsonNode of, String field) {
    var number = of.path(field).asString("");
    return NUMBER.matcher(number).matches() ? Long.valueOf(number) : null;
  }

  private static @Nullable Integer count(JsonNode of, String field) {
    var number = number(of, field);
    return number == null || number > 999_999_999 ? null : Integer.valueOf(number.intValue());
  }

  private static @Nullable Instant time(JsonNode of, String field) {
    var time = text(of, field);
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
