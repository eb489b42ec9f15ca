package org.drivelens.api.downloads;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import net.lingala.zip4j.model.FileHeader;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP that is never whole anywhere: it knows where each byte will lie before one is read, and
 * writes any stretch of itself, one file after the other. Files are stored as they are (a photo
 * does not get smaller), so its length is exact; their checksums follow them, as they are not known
 * earlier.
 */
final class Archive {

  private static final int BUFFER = 64 << 10;

  private final ZipFormat format = new ZipFormat();
  private final List<Part> parts = new ArrayList<>();
  private final long directoryAt;
  private final long length;

  /** A file of the archive. */
  interface Entry {

    /** Unique in the archive, with / between folders. */
    String path();

    long size();

    LocalDateTime time();

    /** CRC-32 of the content, if it is known already. */
    @Nullable Long crc();

    /** The content from its start; read to its end unless nobody wants the rest. */
    InputStream open() throws IOException;

    /**
     * The whole content was read.
     *
     * @throws IOException if it is not what was promised
     */
    void read(long crc) throws IOException;
  }

  /** Where an entry lies. */
  private record Part(Entry entry, FileHeader header, long begin, long content, long end) {}

  Archive(List<? extends Entry> entries) {
    var offset = 0L;
    for (var entry : entries) {
      var header = format.header(entry.path(), entry.size(), entry.time(), offset);
      var content = offset + format.before(header).length;
      var end = content + entry.size() + format.behind(header, 0).length;
      parts.add(new Part(entry, header, offset, content, end));
      offset = end;
    }
    directoryAt = offset;
    length = offset + format.directory(headers(), directoryAt).length;
  }

  /** In bytes. */
  long length() {
    return length;
  }

  /**
   * Whether it can be written from this byte on: the directory at its end tells all checksums, so
   * those of the files before must be known.
   */
  boolean canBeginAt(long first) {
    return parts.stream().allMatch(part -> part.end() > first || part.entry().crc() != null);
  }

  /**
   * Writes the bytes from {@code first} to before {@code end}.
   *
   * @throws IOException if the reader went away, or a file is not what it should be; what was
   *     written is then to be cut off, not to be ended
   */
  void write(OutputStream to, long first, long end) throws IOException {
    var out = new Slice(to, first, end);
    for (var part : parts) {
      var crc = part.entry().crc();
      if (part.end() <= first && crc != null) {
        part.header().setCrc(crc);
        continue;
      }
      out.at(part.begin());
      out.write(format.before(part.header()));
      if (out.isDone()) {
        return;
      }
      var known = part.content() + part.entry().size() <= first ? crc : null;
      var sum = known != null ? known : copy(part.entry(), out);
      if (out.isDone()) {
        return;
      }
      out.at(part.content() + part.entry().size());
      out.write(format.behind(part.header(), sum));
      part.header().setCrc(sum);
    }
    out.at(directoryAt);
    out.write(format.directory(headers(), directoryAt));
  }

  /** What lies before the wanted bytes is read all the same: the checksum is of the whole file. */
  private static long copy(Entry entry, Slice out) throws IOException {
    var sum = new CRC32();
    var left = entry.size();
    try (var content = entry.open()) {
      var buffer = new byte[BUFFER];
      for (int some = content.read(buffer); some >= 0; some = content.read(buffer)) {
        if (some > left) {
          throw new IOException("longer than it should be");
        }
        sum.update(buffer, 0, some);
        out.write(buffer, 0, some);
        left -= some;
        if (out.isDone() && left > 0) {
          return 0;
        }
      }
    }
    if (left > 0) {
      throw new IOException("ended " + left + " bytes too early");
    }
    entry.read(sum.getValue());
    return sum.getValue();
  }

  private List<FileHeader> headers() {
    return parts.stream().map(Part::header).toList();
  }

  /** Lets through the bytes of one stretch. */
  private static final class Slice extends OutputStream {

    private final OutputStream to;
    private final long first;
    private final long end;
    private long position;

    Slice(OutputStream to, long first, long end) {
      this.to = to;
      this.first = first;
      this.end = end;
    }

    void at(long offset) {
      position = offset;
    }

    boolean isDone() {
      return position >= end;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      var from = Math.clamp(first - position, 0, count);
      var until = Math.clamp(end - position, 0, count);
      if (from < until) {
        to.write(bytes, offset + from, until - from);
      }
      position += count;
    }
  }
}
