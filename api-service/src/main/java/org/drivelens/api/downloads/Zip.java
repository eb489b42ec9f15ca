package org.drivelens.api.downloads;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.drivelens.drive.GoogleDrive;

/**
 * A selection as the archive that is sent.
 *
 * @param etag differs whenever a single byte may
 */
record Zip(Archive archive, String etag) {

  /** To be changed with anything that decides where bytes of an archive lie. */
  private static final String FORMAT = "1";

  private static final int ETAG_BYTES = 16;

  static Zip of(
      Selection selection,
      List<Selection.Item> items,
      Missing missing,
      boolean folders,
      GoogleDrive drive,
      Selections selections) {
    var names = new EntryNames(folders, items.stream().map(Selection.Item::folderPath).toList());
    var entries = new ArrayList<Archive.Entry>();
    var lines = new ArrayList<String>();
    for (var item : items) {
      var path = names.next(item);
      var reason = missing.reason(item);
      if (reason == null) {
        entries.add(new Photo(selection, item, path, drive, selections));
      } else {
        lines.add(path + ": " + reason);
      }
    }
    if (!lines.isEmpty()) {
      entries.add(new MissingList(selection, lines));
    }
    return new Zip(new Archive(entries), etag(selection, missing, folders));
  }

  private static String etag(Selection selection, Missing missing, boolean folders) {
    var all = String.join("\n", FORMAT, selection.id().toString(), "" + folders, missing.json());
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return "\"" + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
