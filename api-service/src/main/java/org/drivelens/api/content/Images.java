package org.drivelens.api.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.drive.DriveProblem.RangeNotSatisfiable;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Media;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Passes images on from Drive. */
@Component
@EnableConfigurationProperties(ContentProperties.class)
public final class Images {

  private static final Set<Integer> WIDTHS = Set.of(240, 480, 960, 1920);

  private final GoogleDrive drive;
  private final Turns turns;

  Images(GoogleDrive drive, ContentProperties properties) {
    this.drive = drive;
    turns =
        new Turns(
            properties.atOnce(),
            properties.patience(),
            "Too many images are being sent. Try again soon.");
  }

  static void checkWidth(int width) {
    if (!WIDTHS.contains(width)) {
      throw ApiProblem.of(ProblemType.INVALID_REQUEST, "w", "must be 240, 480, 960 or 1920");
    }
  }

  /**
   * Sends an original, or the part of it that the request asks for, to be saved as a file.
   *
   * @throws IOException if the caller went away or Drive broke off
   */
  public void download(HttpServletRequest request, HttpServletResponse response, Original original)
      throws IOException {
    var etag = "\"" + original.version() + "\"";
    var range =
        ByteRange.of(
            request.getHeader(HttpHeaders.RANGE), request.getHeader(HttpHeaders.IF_RANGE), etag);
    content(new ImageAnswer(request, response, original, etag, null).toBeSaved(), original, range);
  }

  void content(ImageAnswer answer, Original original, @Nullable ByteRange range)
      throws IOException {
    if (answer.isKnownToCaller() || answer.isOnlyHead(original.mimeType(), original.size())) {
      return;
    }
    var wanted = range == null || range.isBackwards() ? null : range;
    if (wanted != null && original.size() != null && wanted.isOutside(original.size())) {
      throw answer.outside(original.size());
    }
    try (var _ = turns.take();
        var media =
            drive.media(
                original.fileId(),
                original.resourceKey(),
                wanted == null ? null : wanted.header())) {
      if (isOther(media, original)) {
        answer.notToBeKept();
      }
      answer.safe(original.mimeType());
      answer.send(media);
    } catch (RangeNotSatisfiable e) {
      throw answer.outside(e.size());
    }
  }

  void thumbnail(ImageAnswer answer, Original original, int width) throws IOException {
    if (answer.isKnownToCaller() || answer.isOnlyHead("image/jpeg", null)) {
      return;
    }
    try (var _ = turns.take();
        var media = thumbnail(original, width)) {
      answer.safe(media.contentType());
      answer.send(media);
    }
  }

  private Media thumbnail(Original original, int width) {
    return drive
        .thumbnail(original.fileId(), original.resourceKey(), width)
        .orElseGet(() -> {
          if (!original.isRaster()) {
            throw ApiProblem.notFound("Google Drive has no thumbnail of this file.");
          }
          return drive.media(original.fileId(), original.resourceKey(), null);
        });
  }

  /** Drive may hold a newer file than the last sync saw. */
  private static boolean isOther(Media media, Original original) {
    var range = media.contentRange();
    var whole =
        range != null
            ? range.substring(range.lastIndexOf('/') + 1)
            : String.valueOf(media.length());
    return original.size() != null
        && whole.matches("\\d+")
        && !Objects.equals(whole, original.size().toString());
  }
}
