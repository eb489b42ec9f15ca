package org.drivelens.emulator.drive;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.wire.FilePart;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** {@code alt=media}: a file's bytes, whole or in part (drive-api 3). */
final class Media {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final RobotView view;

  Media(RobotView view) {
    this.view = view;
  }

  Reply answer(Item item, Request request) {
    Content content = item.content();
    if (content == null) {
      throw new GoogleError(
              403,
              "fileNotDownloadable",
              "Only files with binary content can be downloaded. Use Export with Docs Editors"
                  + " files.")
          .at("alt");
    }
    String range = request.header("range");
    Matcher matcher = RANGE.matcher(range == null ? "" : range.strip());
    boolean ranged = matcher.matches() && !matcher.group().equals("bytes=-");
    return ranged
        ? part(item, content, matcher.group(1), matcher.group(2))
        : bytes(item, content, 0, content.size());
  }

  /** {@code bytes=a-b}, {@code bytes=a-} or the last b with {@code bytes=-b}. */
  private Reply part(Item item, Content content, String from, String to) {
    long length = content.size();
    long first = from.isEmpty() ? Math.max(0, length - number(to)) : number(from);
    long last = from.isEmpty() || to.isEmpty() ? length - 1 : Math.min(length - 1, number(to));
    if (first >= length || first > last) {
      return new GoogleError(416, "requestedRangeNotSatisfiable", "Request range not satisfiable")
          .at("Range", "header")
          .reply()
          .with("Content-Range", "bytes */" + length);
    }
    return bytes(item, content, first, last + 1)
        .status(206)
        .with("Content-Range", "bytes " + first + "-" + last + "/" + length);
  }

  private Reply bytes(Item item, Content content, long from, long to) {
    Path file = view.file(content);
    Reply reply =
        file == null
            ? Reply.bytes(
                200, item.mimeType(), Arrays.copyOfRange(view.bytes(content), (int) from, (int) to))
            : Reply.file(item.mimeType(), new FilePart(file, from, to - from));
    return reply.with("Accept-Ranges", "bytes");
  }

  private static long number(String digits) {
    return digits.length() > 15 ? Long.MAX_VALUE / 2 : Long.parseLong(digits);
  }
}
