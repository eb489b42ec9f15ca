package org.drivelens.emulator.drive;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.picture.Thumbnail;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a thumbnailLink leads to (drive-api 3): a JPEG, upright, at most as large as the suffix
 * says; {@code =s220} the longer side, {@code =w800} the width, {@code =w800-h600} both.
 */
final class Thumbnails {

  private static final Pattern PATH =
      Pattern.compile(
          ThumbnailLinks.PATH + "([A-Za-z0-9_-]+)-(\\d+)=(?:s(\\d+)|w(\\d+)(?:-h(\\d+))?)");
  private static final int LARGEST = 4096;

  private final RobotView view;
  private final ThumbnailCache cache = new ThumbnailCache();
  private final Semaphore drawing = new Semaphore(1);

  Thumbnails(RobotView view) {
    this.view = view;
  }

  static @Nullable String fileId(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() ? matcher.group(1) : null;
  }

  Reply answer(Request request) {
    Matcher matcher = PATH.matcher(request.path());
    Seen seen = matcher.matches() ? view.find(matcher.group(1)) : null;
    Content content = seen == null ? null : seen.item().content();
    // A replaced file has another link; the old one leads nowhere any more.
    if (seen == null
        || content == null
        || !ThumbnailLinks.has(seen.item())
        || seen.item().revision() != Integer.parseInt(matcher.group(2))) {
      throw GoogleError.notFound();
    }
    int square = number(matcher.group(3), LARGEST);
    int width = number(matcher.group(4), square);
    int height = number(matcher.group(5), matcher.group(4) == null ? square : LARGEST);
    byte[] jpeg =
        cache.get(content.md5() + " " + width + " " + height, () -> draw(content, width, height));
    if (jpeg.length == 0) {
      throw GoogleError.notFound();
    }
    return Reply.bytes(200, "image/jpeg", jpeg).with("Cache-Control", "private, max-age=86400");
  }

  private byte[] draw(Content content, int width, int height) {
    return switch (content) {
      case Content.Drawn drawn ->
          Thumbnail.madeUp(drawn.width(), drawn.height(), drawn.seed(), width, height);
      case Content.Kept kept -> drawn(kept, width, height);
      case Content.Outside file -> drawn(file, width, height);
    };
  }

  /** A large photo takes up to a hundred megabytes while it is scaled down: one at a time. */
  private byte[] drawn(Content content, int width, int height) {
    drawing.acquireUninterruptibly();
    try {
      Path file = view.file(content);
      return file == null
          ? Thumbnail.of(view.bytes(content), width, height)
          : Thumbnail.of(file, width, height);
    } finally {
      drawing.release();
    }
  }

  private static int number(@Nullable String digits, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    int value = digits.length() > 6 ? LARGEST : Integer.parseInt(digits);
    // =s0 means the original's size.
    return value == 0 ? LARGEST : Math.min(value, LARGEST);
  }
}
