package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.all;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.model.Channel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.fault.Oddity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The levers over HTTP, as curl pulls them. */
class ControlTest extends EmulatorTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(emulator.rootUrl() + "emulator/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, body)
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode call(String method, String path, String body)
      throws IOException, InterruptedException {
    var response = send(method, path, BodyPublishers.ofString(body));
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    return JSON.readTree(response.body());
  }

  private JsonNode call(String method, String path) throws IOException, InterruptedException {
    return call(method, path, "");
  }

  private String name(String id) {
    return library.find(id).orElseThrow().name();
  }

  @Test
  void the_list_of_levers_is_at_the_bare_address_too() throws Exception {
    String help = get("emulator/").body();

    assertThat(help).contains("/emulator/seed").contains("/emulator/holds");
    assertThat(get("").body()).isEqualTo(help);
    assertThat(get("emulator").body()).isEqualTo(help);
  }

  @Test
  void health_says_who_and_where() throws Exception {
    var health = call("GET", "health");

    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("robotEmail").asString()).isEqualTo(emulator.robotEmail());
    assertThat(health.path("rootUrl").asString()).isEqualTo(emulator.rootUrl());
    assertThat(health.has("sampleFolderId")).isFalse();
  }

  @Test
  void a_person_adds_renames_moves_trashes_and_deletes_by_curl() throws Exception {
    String sub = call("POST", "folders", "name=Day+1&parent=" + folder).path("id").asString();
    String id = call("POST", "images", "name=a.jpg&parent=" + folder).path("id").asString();

    call("POST", "files/" + id + "/rename", "name=b c.jpg");
    assertThat(name(id)).isEqualTo("b c.jpg");
    call("POST", "files/" + id + "/rename?name=url.jpg");
    assertThat(name(id)).isEqualTo("url.jpg");
    call("POST", "files/" + id + "/rename", "{\"name\": \"json.jpg\"}");
    assertThat(name(id)).isEqualTo("json.jpg");
    call("POST", "files/" + id + "/move", "parent=" + sub);
    assertThat(library.truth(folder).getFirst().folderPath()).containsExactly("Day 1");
    call("POST", "files/" + id + "/trash");
    assertThat(library.truth(folder)).isEmpty();
    call("POST", "files/" + id + "/untrash");
    call("POST", "files/" + id + "/replace?width=50&height=40");
    assertThat(library.truth(folder).getFirst().width()).isEqualTo(50);
    call("DELETE", "files/" + id);
    assertThat(library.find(id)).isEmpty();
  }

  @Test
  void a_real_photo_is_sent_as_the_body() throws Exception {
    byte[] photo = photo("gps/DSCN0042.jpg");
    var response =
        send("POST", "files?name=x.jpg&parent=" + folder, BodyPublishers.ofByteArray(photo));
    String id = JSON.readTree(response.body()).path("id").asString();
    send(
        "POST", "files?name=n.txt&type=text/plain&parent=" + folder, BodyPublishers.ofString("hi"));
    assertThat(library.truth(folder).getFirst().cameraMake()).isEqualTo("NIKON");

    send(
        "POST",
        "files/" + id + "/replace",
        BodyPublishers.ofByteArray(photo("orientation/portrait_8.jpg")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(library.truth(folder).getFirst().rotation()).isEqualTo(3);
    assertThat(library.children(folder)).hasSize(2);
  }

  @Test
  void seeding_sharing_and_truth_work_together() throws Exception {
    var created = call("POST", "folders", "{\"name\": \"big\", \"share\": true}");
    String big = created.path("id").asString();
    call("POST", "seed", "count=1200&prefix=X_&parent=" + big);

    assertThat(created.path("url").asString()).endsWith("/drive/folders/" + big);
    assertThat(call("GET", "truth?count=true&folder=" + big).path("count").asInt()).isEqualTo(1200);
    assertThat(all(children(drive, big).setPageSize(1000))).hasSize(1200);
    call("POST", "files/" + big + "/unshare");
    assertThat(call("GET", "truth?folder=" + big).path("images").size()).isZero();
  }

  @Test
  void views_limits_and_metadata_can_be_set() throws Exception {
    String id = library.addSyntheticImage(folder, "a.jpg");
    call("POST", "files/" + id + "/view");
    call("POST", "files/" + id + "/metadata?silently=true");
    assertThat(library.truth(folder).getFirst().width()).isNull();
    call("POST", "files/" + id + "/metadata", "width=7&height=8&takenAt=2026:01:02 03:04:05");
    assertThat(library.truth(folder).getFirst().takenAt()).isEqualTo("2026:01:02 03:04:05");
    assertThat(library.find(id).orElseThrow().version()).isEqualTo(2);
    call("POST", "files/" + folder + "/limit");
    assertThat(library.truth(folder)).isEmpty();
    call("POST", "files/" + folder + "/unlimit");
    assertThat(library.truth(folder)).hasSize(1);
  }

  @Test
  void shared_drives_shortcuts_and_keys_are_made_by_curl() throws Exception {
    String id = call("POST", "drives", "name=Studio").path("id").asString();
    String photo = call("POST", "images", "name=a.jpg&parent=" + id).path("id").asString();
    String shortcut =
        call("POST", "shortcuts", "target=" + photo + "&parent=" + folder).path("id").asString();

    assertThat(drive.drives().get(id).execute().getName()).isEqualTo("Studio");
    assertThat(name(shortcut)).isEqualTo("a.jpg");
    call("POST", "drives/" + id + "/leave");
    assertThat(drive.drives().list().execute().getDrives()).isEmpty();
    call("POST", "drives/" + id + "/join");
    call("POST", "drives/" + id + "/rename", "name=Other");
    assertThat(call("GET", "drives").path(0).path("name").asString()).isEqualTo("Other");
    var keyed = call("POST", "files/" + photo + "/key");
    assertThat(keyed.path("resourceKey").asString()).startsWith("0-");
    assertThat(call("POST", "files/" + photo + "/unkey").has("resourceKey")).isFalse();
    assertThat(call("POST", "files/" + photo + "/share", "link=true").path("link").asBoolean())
        .isTrue();
    call("DELETE", "drives/" + id);
    assertThat(call("GET", "drives").size()).isZero();
  }

  @Test
  void push_is_shown_and_set_by_curl() throws Exception {
    call("POST", "push", "allowHttp=true&retryMillis=10");
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    var channel =
        new Channel().setId("c1").setType("web_hook").setAddress("http://127.0.0.1:9/nobody");
    drive.changes().watch(token, channel).execute();

    var push = call("GET", "push");
    assertThat(push.path("httpAllowedHere").asBoolean()).isTrue();
    assertThat(push.path("channels").path(0).path("id").asString()).isEqualTo("c1");
    call("DELETE", "push/c1");
    assertThat(call("GET", "push").path("channels").size()).isZero();
    call("POST", "push", "allowHttp=false");
  }

  @Test
  void oddities_are_listed_seeded_switched_on_and_off() throws Exception {
    library.seedImages(folder, "a", 30);
    call("POST", "oddities", "seed=5&name=shortPages&percent=90");
    assertThat(call("GET", "oddities").path("known").size()).isEqualTo(Oddity.values().length);
    assertThat(call("GET", "faults").path("active").toString())
        .contains("shortPages: until off, 90 %");
    call("DELETE", "oddities/shortPages");
    call("POST", "oddities", "name=listTokensExpire&status=410&times=1");
    String next = children(drive, folder).setPageSize(2).execute().getNextPageToken();
    var second = children(drive, folder).setPageSize(2).setPageToken(next);

    assertThat(refusal(second::execute).getStatusCode()).isEqualTo(410);
    assertThat(second.execute().getFiles()).hasSize(2);
    assertThat(call("GET", "faults").path("active").size()).isZero();
    String help = get("").body();
    for (Oddity oddity : Oddity.values()) {
      assertThat(help).contains(" " + oddity.wireName());
    }
  }

  @Test
  void the_tree_shows_ids_and_names() throws Exception {
    library.addSyntheticImage(library.createFolder(folder, "sub"), "deep.jpg");

    var tree = call("GET", "tree?folder=" + folder);

    assertThat(tree.path(0).path("name").asString()).isEqualTo("sub");
    assertThat(tree.path(0).path("children").path(0).path("name").asString()).isEqualTo("deep.jpg");
    assertThat(get("emulator/tree").body()).contains("deep.jpg");
  }

  @Test
  void faults_and_oddities_are_switched_on_and_off() throws Exception {
    library.seedImages(folder, "a", 3);
    call("POST", "faults", "method=files.list&status=429&times=1&retryAfter=3&about=" + folder);
    var refusal = refusal(() -> children(drive, folder).execute());
    assertThat(refusal.getStatusCode()).isEqualTo(429);
    assertThat(refusal.getHeaders().getRetryAfter()).isEqualTo("3");
    assertThat(children(drive, folder).execute().getFiles()).hasSize(3);

    String id = call("POST", "faults", "trouble=html&status=500").path("id").asString();
    assertThat(call("GET", "faults").path("active").toString()).contains("500 HTML on any call");
    call("DELETE", "faults/" + id);
    assertThat(call("GET", "faults").path("active").size()).isZero();
    call("POST", "pages", "atMost=2");
    assertThat(children(drive, folder).execute().getFiles()).hasSize(2);
    call("POST", "latency", "method=files.get&millis=1");
    call("DELETE", "faults");
    assertThat(children(drive, folder).execute().getFiles()).hasSize(3);
  }

  @Test
  void a_call_is_held_from_outside() throws Exception {
    String hold = call("POST", "holds", "method=files.list").path("id").asString();
    assertThat(call("GET", "holds/" + hold).path("arrived").asInt()).isZero();
    var listing =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return names(children(drive, folder).execute().getFiles());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            command -> Thread.ofVirtual().start(command));
    assertThat(call("GET", "holds/" + hold + "?waitMillis=5000").path("arrived").asInt())
        .isEqualTo(1);
    library.addSyntheticImage(folder, "now.jpg");

    call("DELETE", "holds/" + hold);

    assertThat(listing.get(5, TimeUnit.SECONDS)).containsExactly("now.jpg");
  }

  @Test
  void calls_are_listed_and_cleared() throws Exception {
    drive.files().get(folder).execute();

    var calls = call("GET", "calls?method=files.get");
    assertThat(calls.path("counts").path("files.get").asInt()).isEqualTo(1);
    assertThat(calls.path("latest").path(0).path("ids").path(0).asString()).isEqualTo(folder);
    call("DELETE", "calls");
    assertThat(emulator.calls().count(DriveMethod.FILES_GET)).isZero();
  }

  @Test
  void tokens_are_revoked_and_change_tokens_forgotten() throws Exception {
    String bearer = bearer();
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    library.addSyntheticImage(folder, "a.jpg");

    call("POST", "changes/forget");
    assertThat(refusal(() -> drive.changes().list(token).execute()).getStatusCode()).isEqualTo(400);
    call("POST", "tokens/revoke");
    assertThat(get("drive/v3/files", "Authorization", bearer).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | folders                | 400 | Missing: name
          POST   | images?name=a&parent=x | 400 | The library has no item x
          POST   | seed?parent=x&count=0  | 400 | count must be
          POST   | seed?parent=x&count=b  | 400 | count must be a whole number
          POST   | files?parent=x&name=a  | 400 | Send the file as the body
          POST   | faults?method=nope     | 400 | No method nope
          POST   | faults?trouble=nope    | 400 | trouble is one of
          POST   | oddities?name=nope     | 400 | No oddity nope; there are: partialGroups
          POST   | oddities               | 400 | Missing: name
          POST   | oddities?name=lateFeed&percent=0 | 400 | percent 1 to 100
          DELETE | oddities/nope          | 400 | No oddity nope
          POST   | drives                 | 400 | Missing: name
          POST   | drives/x/leave         | 400 | There is no shared drive x
          POST   | drives/x/dance         | 404 | No such thing
          POST   | files/x/rename         | 400 | The library has no item x
          GET    | truth                  | 400 | Missing: folder
          GET    | files/x                | 400 | The library has no item x
          GET    | holds/99               | 404 | No such thing
          DELETE | push/nope              | 404 | No such thing
          DELETE | faults/99              | 404 | No such thing
          PUT    | files/x                | 404 | No such thing
          POST   | a/b/c/d                | 404 | No such thing
          """)
  void bad_input_gets_one_sentence(String method, String path, int status, String says)
      throws Exception {
    var response = send(method, path, BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error").asString()).contains(says);
  }

  @Test
  void a_body_that_is_not_flat_json_is_refused() throws Exception {
    var response = send("POST", "folders", BodyPublishers.ofString("{\"name\": "));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Map.of("body", response.body()).toString()).contains("not a flat JSON object");
  }
}
