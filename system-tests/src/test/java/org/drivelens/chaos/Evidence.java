package org.drivelens.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.drivelens.system.Gallery;

/**
 * What the database holds of galleries that are not their folders. How the processes of a seed
 * interleaved is not to be had again, so what they left is all there is to explain it.
 */
final class Evidence {

  private static final List<String> TABLES =
      List.of(
          "event_sync",
          "event_status",
          "walk",
          "walk_folder",
          "walk_page",
          "event_folder",
          "event_ancestor",
          "event_shortcut",
          "sync_issue",
          "held_removal",
          "photo",
          "photo_history",
          "sync_run");

  private static final String FEED =
      """
      select row_to_json(r)::text from drive_feed r
       where id = (select feed_id from event_sync where event_id = :event::uuid)
      """;

  private static final String CHANGES =
      """
      select row_to_json(r)::text from drive_change r
       where feed_id = (select feed_id from event_sync where event_id = :event::uuid) order by seq
      """;

  private Evidence() {}

  /**
   * Writes a file about every gallery that is not whole.
   *
   * @return where it is
   */
  static Path of(long seed, List<Gallery> galleries) {
    var lines = new ArrayList<String>();
    for (var gallery : galleries) {
      try {
        gallery.isWhole();
      } catch (AssertionError wrong) {
        lines.add("# " + gallery.event() + " of " + gallery.folder() + ": " + wrong.getMessage());
        for (var table : TABLES) {
          add(lines, gallery, table, rows(table));
        }
        add(lines, gallery, "drive_feed", FEED);
        add(lines, gallery, "drive_change", CHANGES);
      }
    }
    try {
      return Files.write(
          Files.createDirectories(Path.of("target", "chaos")).resolve("seed-" + seed + ".txt"),
          lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rows(String table) {
    return "select row_to_json(r)::text from " + table + " r where event_id = :event::uuid";
  }

  private static void add(List<String> lines, Gallery gallery, String title, String sql) {
    lines.add("## " + title);
    lines.addAll(
        gallery
            .installation()
            .database()
            .jdbc()
            .sql(sql)
            .param("event", gallery.event())
            .query(String.class)
            .list());
  }
}
