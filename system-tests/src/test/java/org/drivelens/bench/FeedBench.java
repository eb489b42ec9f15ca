package org.drivelens.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.system.Installation;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a thousand events on one credential cost, quiet and changed. */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedBench {

  private static final int MANY = 1_000;
  private static final int CLIENTS = 8;
  private static final Duration POSTS = Duration.ofSeconds(9);
  private static final int ROUNDS_UNTIL_WARM = 4;
  private static final Duration LATEST_LOOK = Duration.ofSeconds(60);

  private final List<String> folders = new ArrayList<>();
  private final List<String> photos = new ArrayList<>();
  private Installation drivelens;
  private List<String> events;
  private List<String> beside;

  @BeforeAll
  void aThousandEventsThatAreUpToDate() {
    // The quota is measured elsewhere; the first syncs would wait for it.
    drivelens =
        new Installation(
            "feed",
            TestBroker.shared("feed"),
            2,
            Map.of("DRIVELENS_QUOTA_UNITS_PER_MINUTE", "2000000000"));
    var library = drivelens.drive().library();
    var parent = drivelens.sharedFolder("Events");
    for (int n = 0; n < MANY + 10; n++) {
      folders.add(library.createFolder(parent, "Event " + n));
      photos.add(library.addSyntheticImage(folders.get(n), "image.jpg"));
    }
    var all = insert();
    events = all.subList(0, MANY);
    beside = all.subList(MANY, all.size());
    drivelens.api().syncAll(all, false);
    Figures.say("syncing %d events for the first time".formatted(all.size()));
    awaitAnswered();
  }

  @AfterAll
  void stop() {
    drivelens.close();
  }

  @Test
  @Order(1)
  void quiet() {
    calls();
    var rows = rows(events);
    var asOf = asOf();
    var scheduler = drivelens.startScheduler();
    await().atMost(Duration.ofMinutes(2)).until(() -> asOf().isAfter(asOf));
    scheduler.stop();
    var calls = calls();
    Figures.add("feed: Drive calls of a tick, 1,000 quiet events", calls + "", "3", "", calls <= 3);
    var written = !rows(events).equals(rows);
    Figures.add("feed: rows of events that it wrote", written ? "some" : "0", "0", "", !written);

    var begin = System.nanoTime();
    drivelens.api().syncAll(events, false);
    awaitAnswered();
    var took = Duration.ofNanos(System.nanoTime() - begin);
    calls = calls();
    Figures.add(
        "feed: Drive calls of a bulk request for 1,000 quiet events",
        calls + " in " + Durations.text(took),
        "3",
        "",
        calls <= 3);
  }

  @Test
  @Order(2)
  void posts() {
    // As with changes: what an API and workers compile that just started is told beside.
    var cold = postToAll();
    awaitAnswered();
    awaitLooks();
    calls();
    var posted = postToAll();
    var last = System.nanoTime();
    awaitAnswered();
    var calls = calls();
    Figures.add(
        "feed: Drive calls of 1,000 POSTs for quiet events within %s"
            .formatted(Durations.text(posted)),
        "%d; the last was answered after %s"
            .formatted(calls, Durations.text(Duration.ofNanos(System.nanoTime() - last))),
        "5",
        "the POSTs took %s the first time, before the API is warm".formatted(Durations.text(cold)),
        calls <= 5);
    awaitLooks();
    var looks = calls();
    Figures.add(
        "feed: calls that look again after 15 and 60 s, for all of them",
        looks + "",
        "2",
        "",
        looks <= 2);
  }

  /** Spread over most of ten seconds, as people are; how long it took. */
  private Duration postToAll() {
    var began = System.nanoTime();
    var posts = new ArrayList<Future<?>>();
    try (var people = Executors.newScheduledThreadPool(CLIENTS)) {
      for (int n = 0; n < MANY; n++) {
        var event = events.get(n);
        var when = POSTS.toNanos() * n / MANY;
        posts.add(people.schedule(() -> drivelens.api().sync(event), when, TimeUnit.NANOSECONDS));
      }
    }
    posts.forEach(Future::resultNow);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** What comes is counted, not waited for: so the time itself has to pass. */
  private static void awaitLooks() {
    var allLooks = LATEST_LOOK.plusSeconds(10);
    await().pollDelay(allLooks).atMost(allLooks.plusSeconds(10)).until(() -> true);
  }

  @Test
  @Order(3)
  void changes() {
    // Workers run for weeks: that theirs compile what they have not done yet is told beside.
    var cold = renameAll("cold.jpg");
    for (int round = 1; round < ROUNDS_UNTIL_WARM; round++) {
      renameAll("warm-%d.jpg".formatted(round));
    }
    calls();
    var runs = runs();
    var rows = rows(beside.subList(1, beside.size()));
    var took = renameAll("renamed.jpg");
    var calls = calls();
    Figures.add(
        "feed: Drive calls of 1,000 changes over 1,000 events",
        calls + "",
        "5",
        "2 pages of 1,000 entries at most",
        calls <= 5);
    Figures.add(
        "feed: time until all of them are shown",
        Durations.text(took),
        "5 s",
        "%s the first time, before the workers are warm; the same rows in one UPDATE: %s"
            .formatted(Durations.text(cold), Durations.text(oneUpdate())),
        took.toSeconds() < 5);
    var more = runs() - runs;
    Figures.add("feed: runs of these events", more + "", String.valueOf(MANY), "", more == MANY);
    var written = !rows(beside.subList(1, beside.size())).equals(rows);
    Figures.add(
        "feed: rows written of events that were neither touched nor asked for",
        written ? "some" : "0",
        "0",
        "",
        !written);
  }

  /** How long it takes until all are shown, from one person's request for one event on. */
  private Duration renameAll(String name) {
    var library = drivelens.drive().library();
    photos.subList(0, MANY).forEach(photo -> library.rename(photo, name));
    var begin = System.nanoTime();
    drivelens.api().sync(beside.getFirst());
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> named(name) == MANY && unanswered() == 0);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Never synced, and written as the API does, but not one by one. */
  private List<String> insert() {
    return drivelens
        .database()
        .jdbc()
        .sql(
            """
            with made as (
              insert into event (name, folder_id) select 'Event ' || folder, folder from unnest(:folders) as folder
              returning id, folder_id),
            root as (insert into event_folder (event_id, folder_epoch, folder_id) select id, 1, folder_id from made),
            sync as (insert into event_sync (event_id, folder_id, folder_epoch) select id, folder_id, 1 from made)
            select made.id from made join unnest(:folders) with ordinality as f(folder, n) on f.folder = made.folder_id order by f.n
            """)
        .param("folders", folders.toArray(String[]::new))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** Calls since the last time it was asked. */
  private int calls() {
    var calls = drivelens.drive().calls();
    var count =
        calls.count(DriveMethod.CHANGES_LIST)
            + calls.count(DriveMethod.START_PAGE_TOKEN)
            + calls.count(DriveMethod.FILES_GET)
            + calls.count(DriveMethod.FILES_LIST);
    calls.clear();
    return Math.toIntExact(count);
  }

  private void awaitAnswered() {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> unanswered() == 0);
  }

  private int unanswered() {
    return count(
        "select count(*) from event_sync where dirty or requested_generation > synced_generation");
  }

  private int named(String name) {
    return count("select count(*) from photo where name = '%s'".formatted(name));
  }

  private int runs() {
    return drivelens
        .database()
        .jdbc()
        .sql("select count(*) from sync_run where event_id = any (:events::uuid[])")
        .param("events", events.toArray(String[]::new))
        .query(Integer.class)
        .single();
  }

  private int count(String sql) {
    return drivelens.database().jdbc().sql(sql).query(Integer.class).single();
  }

  private Instant asOf() {
    return drivelens
        .database()
        .jdbc()
        .sql("select as_of from drive_feed")
        .query(Instant.class)
        .single();
  }

  /** Which version of each row of these events stands in the database. */
  private String rows(List<String> of) {
    return drivelens
        .database()
        .jdbc()
        .sql(
            """
            select md5(string_agg(t || k || x, ',' order by t, k)) from (
              select 's' as t, event_id::text as k, xmin::text as x from event_sync where event_id = any (:ids::uuid[])
              union all select 'p', id::text, xmin::text from photo where event_id = any (:ids::uuid[])
              union all select 'f', folder_id, xmin::text from event_folder where event_id = any (:ids::uuid[])) as rows
            """)
        .param("ids", of.toArray(String[]::new))
        .query(String.class)
        .single();
  }

  private Duration oneUpdate() {
    var begin = System.nanoTime();
    drivelens
        .database()
        .jdbc()
        .sql("update photo set name = 'renamed again.jpg' where name = 'renamed.jpg'")
        .update();
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
