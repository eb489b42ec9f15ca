package org.drivelens.api.photos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.drivelens.api.Api;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@OnTheApi
class PhotoApiTest {

  private final Api api;
  private final TestDatabase database;
  private String event = "";

  PhotoApiTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    database.clear();
    event = event();
  }

  private String event() {
    return api.post(
            "/events",
            "{\"name\": \"E\", \"googleDriveUrl\":"
                + " \"https://drive.google.com/drive/folders/root-folder\"}")
        .at("/id");
  }

  @Test
  void a_photo_has_all_its_fields_and_what_is_unknown_is_null() {
    var gallery = gallery();
    gallery.file(
        "file-1",
        "root-folder",
        "IMG 1.jpg",
        "image/jpeg",
        LocalDateTime.parse("2026-05-14T16:20:00"),
        123L,
        "0123456789abcdef0123456789abcdef");
    gallery.file("file-2", "root-folder", "b.png", "image/png", null, null, null);
    var items = api.get("/events/" + event + "/photos").json().get("items");
    var first = items.get(0);
    assertThat(first.propertyNames())
        .containsExactly(
            "id",
            "driveFileId",
            "targetFileId",
            "name",
            "mimeType",
            "fileSize",
            "width",
            "height",
            "rotation",
            "takenAt",
            "camera",
            "folderPath",
            "md5",
            "thumbnailUrl",
            "contentUrl",
            "createdAt",
            "updatedAt");
    var path = "/events/" + event + "/photos/" + first.get("id").asString();
    assertThat(first.get("takenAt").asString()).isEqualTo("2026-05-14T16:20:00");
    assertThat(first.get("contentUrl").asString())
        .isEqualTo(path + "/content?v=0123456789abcdef0123456789abcdef");
    assertThat(first.get("thumbnailUrl").asString())
        .isEqualTo(path + "/thumbnail?w=480&v=0123456789abcdef0123456789abcdef");
    var second = items.get(1);
    assertThat(second.get("takenAt").isNull()).isTrue();
    assertThat(second.get("fileSize").isNull()).isTrue();
    assertThat(second.get("md5").isNull()).isTrue();
    assertThat(second.get("contentUrl").asString()).endsWith("?v=r7");
  }

  @Test
  void the_path_of_folders_is_computed_without_the_events_own_folder() {
    var gallery =
        gallery().folder("a", "root-folder", "Ceremony").folder("b", "a", "Church / night");
    gallery.photo("1", "root-folder", "1", null);
    gallery.photo("2", "a", "2", null);
    gallery.photo("3", "b", "3", null);
    gallery.photo("4", "unknown", "4", null);
    // Two folders in each other, as seen in the middle of two moves.
    gallery.folder("x", "y", "X").folder("y", "x", "Y");
    gallery.photo("5", "x", "5", null);
    var items = api.get("/events/" + event + "/photos?sort=name").json().get("items");
    assertThat(items.get(0).get("folderPath")).isEmpty();
    assertThat(items.get(1).get("folderPath").toString()).isEqualTo("[\"Ceremony\"]");
    assertThat(items.get(2).get("folderPath").toString())
        .isEqualTo("[\"Ceremony\",\"Church / night\"]");
    assertThat(items.get(3).get("folderPath")).isEmpty();
    assertThat(items).hasSize(5);

    gallery.folder("a", "root-folder", "Renamed");
    assertThat(
            api.get("/events/" + event + "/photos?sort=name")
                .json()
                .at("/items/2/folderPath/0")
                .asString())
        .isEqualTo("Renamed");
  }

  @Test
  void only_photos_of_the_folder_of_now_that_are_not_removed_are_shown() {
    var gallery = gallery();
    gallery.photo("1", "root-folder", "old folder", null);
    api.patch(
        "/events/" + event,
        "{\"googleDriveUrl\": \"https://drive.google.com/drive/folders/another-one\"}");
    assertThat(api.get("/events/" + event + "/photos").json().get("items")).isEmpty();
    var next = gallery();
    next.photo("1", "another-one", "new folder", null);
    var removed = next.photo("2", "another-one", "removed", null);
    database
        .jdbc()
        .sql("update photo set removed_at = now() where id = :id")
        .param("id", removed)
        .update();
    var items = api.get("/events/" + event + "/photos").json().get("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("name").asString()).isEqualTo("new folder");
  }

  private record Shown(UUID id, String name, String mimeType, @Nullable LocalDateTime takenAt) {
    static Shown of(JsonNode item) {
      var taken = item.get("takenAt");
      return new Shown(
          UUID.fromString(item.get("id").asString()),
          item.get("name").asString(),
          item.get("mimeType").asString(),
          taken.isNull() ? null : LocalDateTime.parse(taken.asString()));
    }

    LocalDateTime taken() {
      return takenAt == null ? LocalDateTime.MAX : takenAt;
    }
  }

  /** Many equal times and names, so that the id has to decide. */
  private List<Shown> seed(int count, Random random) {
    var gallery = gallery();
    var all = new ArrayList<Shown>();
    var types = List.of("image/jpeg", "image/png", "image/heic");
    for (int i = 0; i < count; i++) {
      var taken =
          random.nextInt(3) == 0
              ? null
              : LocalDateTime.parse("2026-05-14T10:00:00").plusSeconds(random.nextInt(10));
      var name =
          List.of("IMG_", "dsc-", "Ümlaut ", "100%_", "a\\b").get(random.nextInt(5))
              + random.nextInt(6)
              + "x".repeat(random.nextInt(3) * 60);
      var type = types.get(random.nextInt(3));
      var id = gallery.file("file-" + i, "root-folder", name, type, taken, null, null);
      all.add(new Shown(id, name, type, taken));
    }
    return all;
  }

  @Test
  void every_order_shows_every_photo_once_whatever_the_size_of_the_pages() {
    var random = new Random(5);
    var all = seed(160, random);
    var byId = Comparator.comparing((Shown p) -> p.id().toString());
    var first100 = Comparator.comparing((Shown p) -> left(p.name()));
    for (int limit : new int[] {1, 7, 53, 160, 500}) {
      assertThat(walk("sort=takenAt&limit=" + limit))
          .isEqualTo(
              all.stream().sorted(Comparator.comparing(Shown::taken).thenComparing(byId)).toList());
      assertThat(walk("limit=" + limit)).isEqualTo(walk("sort=takenAt&limit=" + limit));
      assertThat(walk("sort=createdAt&limit=" + limit))
          .isEqualTo(all.stream().sorted(byId).toList());
      assertThat(walk("sort=name&limit=" + limit))
          .isEqualTo(all.stream().sorted(first100.thenComparing(byId)).toList());
      var newest = walk("sort=-takenAt&limit=" + limit);
      assertThat(newest).containsExactlyInAnyOrderElementsOf(all);
      assertThat(newest.stream().filter(p -> p.takenAt() != null).map(Shown::taken))
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(newest.stream().dropWhile(p -> p.takenAt() != null))
          .allMatch(p -> p.takenAt() == null);
    }
  }

  private static String left(String name) {
    return name.substring(0, Math.min(100, name.length()));
  }

  @Test
  void a_filter_shows_what_it_says_in_whatever_order() {
    var all = seed(120, new Random(6));
    assertFiltered(all, "q=img_", p -> p.name().toLowerCase(Locale.ROOT).contains("img_"));
    assertFiltered(all, "q=%C3%BCmlaut", p -> p.name().startsWith("Ümlaut"));
    assertFiltered(all, "q=%25_", p -> p.name().contains("%_"));
    assertFiltered(all, "q=a%5CB", p -> p.name().contains("a\\b"));
    assertFiltered(all, "q=nothing%20like%20it", p -> false);
    assertFiltered(all, "q=", p -> true);
    assertFiltered(all, "mimeType=image/png", p -> p.mimeType().equals("image/png"));
    assertFiltered(all, "mimeType=IMAGE/PNG", p -> p.mimeType().equals("image/png"));
    assertFiltered(all, "mimeType=image/*", p -> true);
    assertFiltered(all, "mimeType=video/mp4", p -> false);
    assertFiltered(
        all,
        "mimeType=image/heic&q=DSC-3",
        p -> p.mimeType().equals("image/heic") && p.name().contains("dsc-3"));
  }

  private void assertFiltered(List<Shown> all, String query, Predicate<Shown> expected) {
    for (var sort : new String[] {"takenAt", "-takenAt", "name", "createdAt"}) {
      assertThat(walk(query + "&limit=9&sort=" + sort))
          .containsExactlyInAnyOrderElementsOf(all.stream().filter(expected).toList());
    }
  }

  @Test
  void photos_that_stay_as_they_are_are_shown_once_while_others_come_go_and_change() {
    var random = new Random(9);
    for (var sort : new String[] {"takenAt", "-takenAt", "name", "createdAt"}) {
      database.clear();
      event = event();
      var all = seed(80, random);
      var gallery = gallery();
      var touched = new HashSet<UUID>();
      var seen = new ArrayList<UUID>();
      var page = api.get("/events/" + event + "/photos?limit=7&sort=" + sort);
      while (true) {
        page.json().get("items").forEach(i -> seen.add(UUID.fromString(i.get("id").asString())));
        if (page.json().get("nextCursor").isNull()) {
          break;
        }
        touched.add(
            gallery.photo(
                UUID.randomUUID().toString(),
                "root-folder",
                "IMG_3",
                LocalDateTime.parse("2026-05-14T10:00:04")));
        // Among them is at times the very row from which the next page begins.
        for (var id : List.of(seen.getLast(), all.get(random.nextInt(80)).id())) {
          touched.add(id);
          database
              .jdbc()
              .sql(
                  random.nextBoolean()
                      ? "update photo set removed_at = now() where id = :id"
                      : "update photo set name = 'zzz', taken_at = '2026-05-14 10:00:02' where id ="
                          + " :id")
              .param("id", id)
              .update();
        }
        page =
            api.get(
                "/events/"
                    + event
                    + "/photos?limit=7&sort="
                    + sort
                    + "&cursor="
                    + page.at("/nextCursor"));
      }
      var unchanged = all.stream().map(Shown::id).filter(id -> !touched.contains(id)).toList();
      assertThat(seen.stream().filter(unchanged::contains))
          .as(sort)
          .containsExactlyInAnyOrderElementsOf(unchanged);
    }
  }

  @Test
  void a_cursor_serves_only_the_list_it_came_from() {
    seed(20, new Random(3));
    var path = "/events/" + event + "/photos?limit=5";
    var cursor = "&cursor=" + api.get(path + "&q=x&mimeType=image/*&sort=name").at("/nextCursor");
    assertThat(api.get(path + "&q=x&mimeType=image/*&sort=name" + cursor).status()).isEqualTo(200);
    // Another size of page is fine.
    assertThat(
            api.get("/events/" + event + "/photos?limit=9&q=x&mimeType=image/*&sort=name" + cursor)
                .status())
        .isEqualTo(200);
    for (var other :
        new String[] {
          "&q=x&mimeType=image/*&sort=createdAt",
          "&q=y&mimeType=image/*&sort=name",
          "&q=x&mimeType=image/png&sort=name",
          "&q=x&sort=name",
          "&mimeType=image/*&sort=name",
          ""
        }) {
      var refused = api.get(path + other + cursor);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.at("/type")).isEqualTo("/problems/invalid-cursor");
    }
    assertThat(
            api.get(
                    "/events/"
                        + event()
                        + "/photos?limit=5&q=x&mimeType=image/*&sort=name"
                        + cursor)
                .status())
        .isEqualTo(400);
    var events = api.get("/events?limit=1").at("/nextCursor");
    assertThat(api.get(path + "&cursor=" + events).status()).isEqualTo(400);
  }

  private List<Shown> walk(String query) {
    var shown = new ArrayList<Shown>();
    var path = "/events/" + event + "/photos?" + query;
    var page = api.get(path);
    while (true) {
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().get("items").forEach(item -> shown.add(Shown.of(item)));
      if (page.json().get("nextCursor").isNull()) {
        return shown;
      }
      page = api.get(path + "&cursor=" + page.at("/nextCursor"));
    }
  }

  private Gallery gallery() {
    return Gallery.of(database.jdbc(), event);
  }
}
