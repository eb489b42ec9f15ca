package org.drivelens.api.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  private static final LocalDateTime TIME = LocalDateTime.of(2026, 5, 14, 16, 20, 6);
  private static final long GIB = 1L << 30;

  @TempDir Path directory;

  @Test
  void every_unpacker_reads_it_and_its_length_was_known_before() throws IOException {
    var archive =
        new Archive(List.of(text("ä/😀.txt", "one"), text("empty", ""), text("z.txt", "three")));
    var bytes = write(archive, 0, archive.length());
    assertThat(archive.length()).isEqualTo(bytes.length);
    var zip = Files.write(directory.resolve("a.zip"), bytes);
    Unpackers.test(zip);
    try (var read = new ZipFile(zip.toFile())) {
      assertThat(read.stream().map(java.util.zip.ZipEntry::getName))
          .containsExactly("ä/😀.txt", "empty", "z.txt");
      var entry = read.getEntry("z.txt");
      assertThat(entry.getMethod()).isEqualTo(java.util.zip.ZipEntry.STORED);
      assertThat(entry.getTimeLocal()).isEqualTo(TIME);
      assertThat(read.getInputStream(entry).readAllBytes()).asString().isEqualTo("three");
    }
  }

  @Test
  void an_archive_of_nothing_is_one() throws IOException {
    var archive = new Archive(List.of());
    assertThat(write(archive, 0, archive.length())).hasSize(22);
  }

  @Test
  void what_lies_behind_four_gigabytes_is_found_by_every_unpacker() throws IOException {
    var zip = archiveOfMoreThanFourGigabytes();
    Unpackers.test(zip, "first.txt", "last.txt");
    assertThat(Unpackers.list(zip)).hasSize(2).allMatch(said -> said.contains("4294967301"));
  }

  @Test
  @Tag("slow")
  void a_file_of_more_than_four_gigabytes_is_read_by_every_unpacker() throws IOException {
    Unpackers.test(archiveOfMoreThanFourGigabytes());
  }

  private Path archiveOfMoreThanFourGigabytes() throws IOException {
    var zip = directory.resolve("big.zip");
    var archive =
        new Archive(
            List.of(text("first.txt", "1"), zeros("big.jpg", 4 * GIB + 5), text("last.txt", "2")));
    try (var out = new SparseFile(zip)) {
      archive.write(out, 0, archive.length());
    }
    assertThat(Files.size(zip)).isEqualTo(archive.length()).isGreaterThan(4 * GIB);
    return zip;
  }

  @Test
  void what_begins_anywhere_and_ends_anywhere_is_that_stretch_of_the_whole() throws IOException {
    var whole = new Archive(List.of(text("a", "x".repeat(100)), text("b", "y".repeat(50))));
    var bytes = write(whole, 0, whole.length());
    for (int first = 0; first < bytes.length; first++) {
      var again = new Archive(List.of(known("a", "x".repeat(100)), known("b", "y".repeat(50))));
      assertThat(again.canBeginAt(first)).isTrue();
      for (int end : new int[] {first + 1, Math.min(first + 70, bytes.length), bytes.length}) {
        assertThat(write(again, first, end))
            .as("%d to %d", first, end)
            .isEqualTo(Arrays.copyOfRange(bytes, first, end));
      }
    }
  }

  @Test
  void it_begins_in_the_middle_only_behind_files_whose_checksums_are_known() throws IOException {
    var a = known("a", "x".repeat(100));
    var b = text("b", "y".repeat(50));
    var archive = new Archive(List.of(a, b, text("c", "z")));
    var bytes = write(archive, 0, archive.length());
    var inB = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("yyy");
    assertThat(archive.canBeginAt(inB + 20)).isTrue();
    assertThat(archive.canBeginAt(inB + 200)).isFalse();
    assertThat(write(archive, inB + 20, archive.length()))
        .isEqualTo(Arrays.copyOfRange(bytes, inB + 20, bytes.length));
  }

  @Test
  void a_file_that_is_shorter_or_longer_than_promised_ends_it() {
    for (int promised : new int[] {2, 4}) {
      var archive = new Archive(List.of(new Fixed("a", promised, bytes("abc"), null)));
      assertThatThrownBy(() -> write(archive, 0, archive.length())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void times_that_a_zip_cannot_tell_become_the_nearest_it_can() {
    assertThat(ZipFormat.dosTime(LocalDateTime.of(1900, 1, 1, 0, 0)) >> 25).isZero();
    assertThat(ZipFormat.dosTime(LocalDateTime.of(9999, 1, 1, 0, 0)) >> 25).isEqualTo(127);
  }

  private static byte[] write(Archive archive, long first, long end) throws IOException {
    var out = new ByteArrayOutputStream();
    archive.write(out, first, end);
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Fixed text(String path, String text) {
    return new Fixed(path, text.length(), bytes(text), null);
  }

  private static Fixed known(String path, String text) {
    var sum = new CRC32();
    sum.update(bytes(text));
    return new Fixed(path, text.length(), bytes(text), sum.getValue());
  }

  private static Fixed zeros(String path, long size) {
    return new Fixed(path, size, new byte[0], null);
  }

  /** A file of these bytes; of more zeros than memory holds if there are none. */
  @SuppressWarnings("ArrayRecordComponent") // Entries are not compared.
  private record Fixed(String path, long size, byte[] bytes, @Nullable Long crc)
      implements Archive.Entry {

    @Override
    public LocalDateTime time() {
      return TIME;
    }

    @Override
    public InputStream open() {
      return size > GIB ? new Zeros(size) : new ByteArrayInputStream(bytes);
    }

    @Override
    public void read(long crc) {}
  }

  private static final class Zeros extends InputStream {

    private long left;

    Zeros(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int count) {
      var some = (int) Math.min(left, count);
      Arrays.fill(to, offset, offset + some, (byte) 0);
      left -= some;
      return some == 0 ? -1 : some;
    }
  }

  /** Leaves holes where there are only zeros, so that gigabytes of them take no room. */
  private static final class SparseFile extends OutputStream {

    private final FileChannel file;

    SparseFile(Path path) throws IOException {
      file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (count > 1000 && bytes[offset] == 0 && bytes[offset + count - 1] == 0) {
        file.position(file.position() + count);
      } else {
        file.write(ByteBuffer.wrap(bytes, offset, count));
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
