package org.drivelens.api.downloads;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import net.lingala.zip4j.exception.ZipException;
import net.lingala.zip4j.headers.FileHeaderFactory;
import net.lingala.zip4j.headers.HeaderWriter;
import net.lingala.zip4j.model.EndOfCentralDirectoryRecord;
import net.lingala.zip4j.model.FileHeader;
import net.lingala.zip4j.model.LocalFileHeader;
import net.lingala.zip4j.model.ZipModel;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.CompressionMethod;
import net.lingala.zip4j.util.RawIO;

/**
 * What stands in a ZIP around the files, as zip4j writes it. Not with zip4j's stream: that counts
 * and checks what it copies itself, so it cannot begin in the middle of an archive.
 */
final class ZipFormat {

  private static final int FIRST_YEAR = 1980;
  private static final int LAST_YEAR = 2107;

  private final FileHeaderFactory headers = new FileHeaderFactory();
  private final HeaderWriter writer = new HeaderWriter();
  private final RawIO raw = new RawIO();

  /** A stored file of this size, with its CRC behind it. */
  FileHeader header(String path, long size, LocalDateTime time, long offset) {
    var parameters = new ZipParameters();
    parameters.setCompressionMethod(CompressionMethod.STORE);
    parameters.setFileNameInZip(path);
    parameters.setEntrySize(size);
    parameters.setWriteExtendedLocalFileHeader(true);
    try {
      var header = headers.generateFileHeader(parameters, false, 0, StandardCharsets.UTF_8, raw);
      header.setCompressedSize(size);
      header.setLastModifiedTime(dosTime(time));
      header.setOffsetLocalHeader(offset);
      return header;
    } catch (ZipException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stands before the file. The sizes are told here as well, though the CRC cannot be: who unpacks
   * while reading needs to know where the file ends.
   */
  byte[] before(FileHeader header) {
    return bytes(out ->
        writer.writeLocalFileHeader(new ZipModel(), local(header), out, StandardCharsets.UTF_8));
  }

  /** Stands behind the file, and tells its CRC. */
  byte[] behind(FileHeader header, long crc) {
    return bytes(out -> {
      var local = local(header);
      // Tells the writer whether the sizes take eight bytes.
      writer.writeLocalFileHeader(
          new ZipModel(), local, new ByteArrayOutputStream(), StandardCharsets.UTF_8);
      local.setCrc(crc);
      writer.writeExtendedLocalHeader(local, out);
    });
  }

  /** The directory at the end of the archive. */
  byte[] directory(List<FileHeader> files, long offset) {
    var end = new EndOfCentralDirectoryRecord();
    end.setOffsetOfStartOfCentralDirectory(offset);
    var zip = new ZipModel();
    zip.getCentralDirectory().setFileHeaders(files);
    zip.setEndOfCentralDirectoryRecord(end);
    return bytes(out -> writer.finalizeZipFile(zip, out, StandardCharsets.UTF_8));
  }

  private LocalFileHeader local(FileHeader header) {
    var local = headers.generateLocalFileHeader(header);
    local.setCrc(0);
    return local;
  }

  /** MS-DOS's date and time, in two seconds, without a zone. */
  static long dosTime(LocalDateTime time) {
    var year = Math.clamp(time.getYear(), FIRST_YEAR, LAST_YEAR);
    return (long) (year - FIRST_YEAR) << 25
        | time.getMonthValue() << 21
        | time.getDayOfMonth() << 16
        | time.getHour() << 11
        | time.getMinute() << 5
        | time.getSecond() >> 1;
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    var out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
