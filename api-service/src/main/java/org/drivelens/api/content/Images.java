package org.drivelens.api.content;

import io.micrometer.core.instrument.MeterRegistry;
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
import org.drivelens.drive.Thumbnail;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends images: originals as they come from Drive, thumbnails also from memory. */
@Component
@EnableConfigurationProperties(ContentProperties.class)
public final class Images {

  private static final Set<Integer> WIDTHS = Set.of(240, 480, 960, 1920);

  private final GoogleDrive drive;
  private final Turns turns;
  private final ImageCache cache;

  Images(GoogleDrive drive, ContentProperties properties, MeterRegistry meters) {
    this.drive = drive;
    cache = new ImageCache(properties.cacheBytes(), meters);
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
    var key = new ImageCache.Key(original.fileId(), original.version(), width);
    var picture = cache.get(key, () -> picture(original, width));
    if (picture == null) {
      passOn(answer, original, width);
      return;
    }
    if (!picture.current()) {
      answer.notToBeKept();
    }
    answer.safe(picture.type());
    answer.send(picture.media());
  }

  private @Nullable Picture picture(Original original, int width) {
    try (var _ = turns.take();
        var thumbnail = thumbnailOf(original, width)) {
      return thumbnail == null ? null : Picture.read(thumbnail, original.version());
    } catch (IOException e) {
      throw ImageAnswer.brokenOff();
    }
  }

  /** A thumbnail that is too large to be kept, or the original where Drive has none. */
  private void passOn(ImageAnswer answer, Original original, int width) throws IOException {
    try (var _ = turns.take();
        var thumbnail = thumbnailOf(original, width)) {
      if (thumbnail != null) {
        if (!Picture.isOf(thumbnail, original.version())) {
          answer.notToBeKept();
        }
        answer.safe(thumbnail.media().contentType());
        answer.send(thumbnail.media());
        return;
      }
      if (!original.isRaster()) {
        throw ApiProblem.notFound("Google Drive has no thumbnail of this file.");
      }
      answer.standsIn();
      try (var media = drive.media(original.fileId(), original.resourceKey(), null)) {
        answer.safe(media.contentType());
        answer.send(media);
      }
    }
  }

  private @Nullable Thumbnail thumbnailOf(Original original, int width) {
    return drive.thumbnail(original.fileId(), original.resourceKey(), width).orElse(null);
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
