package org.drivelens.api.downloads;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Objects;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A photo as an entry of one archive that is being sent: its bytes come straight from Drive. */
final class Photo implements Archive.Entry {

  private static final Logger log = LoggerFactory.getLogger(Photo.class);

  private final Selection selection;
  private final Selection.Item item;
  private final String path;
  private final GoogleDrive drive;
  private final Selections selections;
  private final MessageDigest digest;

  Photo(
      Selection selection,
      Selection.Item item,
      String path,
      GoogleDrive drive,
      Selections selections) {
    this.selection = selection;
    this.item = item;
    this.path = path;
    this.drive = drive;
    this.selections = selections;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long size() {
    return Objects.requireNonNull(item.size());
  }

  @Override
  public LocalDateTime time() {
    return item.time(selection.createdAt());
  }

  @Override
  public @Nullable Long crc() {
    return item.crc();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      var content = drive.media(item.fileId(), item.resourceKey(), null).content();
      return item.md5() == null ? content : new DigestInputStream(content, digest);
    } catch (DriveProblem.Busy busy) {
      throw new IOException(busy.getMessage(), busy);
    } catch (DriveProblem refused) {
      // Not to be met again at the same place: the next download leaves it out.
      selections.refused(
          selection.id(),
          item.number(),
          Objects.requireNonNullElse(refused.getMessage(), "Google Drive refused it."));
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** It may have been replaced between the check and now, even by something of the same size. */
  @Override
  public void read(long crc) throws IOException {
    if (item.md5() != null && !item.md5().equals(HexFormat.of().formatHex(digest.digest()))) {
      throw new IOException("photo " + item.number() + " was replaced in Google Drive");
    }
    if (!Objects.equals(item.crc(), crc)) {
      try {
        selections.keepCrc(selection.id(), item.number(), crc);
      } catch (DataAccessException e) {
        log.warn("a checksum of download {} is not kept: {}", selection.id(), e.getMessage());
      }
    }
  }
}
