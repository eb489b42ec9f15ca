package org.drivelens.api.downloads;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32;

/** MISSING.txt: names the photos that an archive should hold but does not, and says why. */
final class MissingList implements Archive.Entry {

  private final byte[] text;
  private final LocalDateTime time;

  /**
   * @param lines one for each photo: where it would be, and the reason
   */
  MissingList(Selection selection, List<String> lines) {
    text =
        "%d photos of \"%s\" are not in this archive:\n\n%s\n"
            .formatted(lines.size(), selection.eventName(), String.join("\n", lines))
            .getBytes(StandardCharsets.UTF_8);
    time = LocalDateTime.ofInstant(selection.createdAt(), ZoneOffset.UTC);
  }

  @Override
  public String path() {
    return EntryNames.MISSING;
  }

  @Override
  public long size() {
    return text.length;
  }

  @Override
  public LocalDateTime time() {
    return time;
  }

  @Override
  public Long crc() {
    var sum = new CRC32();
    sum.update(text);
    return sum.getValue();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text);
  }

  @Override
  public void read(long crc) {}
}
