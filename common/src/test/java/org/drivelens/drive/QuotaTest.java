package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.drivelens.drive.Priority.BULK;
import static org.drivelens.drive.Priority.FEED;
import static org.drivelens.drive.Priority.INTERACTIVE;
import static org.drivelens.drive.Priority.VIEWER;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two instances on one database are two processes: they share nothing but the row. */
class QuotaTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DataSource database = QuotaDatabase.shared();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final String robot = "robot-" + UUID.randomUUID() + "@example.com";
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private record Grant(long atNanos, int units) {}

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void processes_that_come_and_go_stay_within_the_limit_together_and_use_it() throws Exception {
    var perSecond = 60_000 / 60.0;
    var grants = new ConcurrentLinkedQueue<Grant>();
    var start = System.nanoTime();
    var fleet = new ArrayDeque<ExecutorService>();
    for (var processes : List.of(1, 4, 2)) {
      while (fleet.size() < processes) {
        fleet.add(busy(quota(60_000), grants));
      }
      while (fleet.size() > processes) {
        fleet.remove().shutdownNow();
      }
      await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    }
    fleet.forEach(ExecutorService::shutdownNow);
    var all = new ArrayList<>(grants);
    var seconds = (System.nanoTime() - start) / 1e9;
    var spent = all.stream().mapToLong(Grant::units).sum();
    assertThat((double) spent).isLessThanOrEqualTo(perSecond * seconds);
    assertThat((double) spent).isGreaterThan(0.9 * perSecond * seconds - perSecond / 2);
    assertThat(mostWithin(Duration.ofSeconds(1), all)).isLessThanOrEqualTo(2 * perSecond);
  }

  /** A process with more to do than the quota allows. */
  private static ExecutorService busy(Quota quota, Queue<Grant> grants) {
    var callers = Executors.newVirtualThreadPerTaskExecutor();
    for (var cost : List.of(5, 5, 5, 5, 100, 100, 100, 100, 200)) {
      callers.execute(() -> spend(quota, BULK, cost, grants));
    }
    return callers;
  }

  @Test
  void what_is_saved_up_while_nobody_asks_is_one_second_at_most() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    jdbc.sql("update drive_quota set refilled_at = refilled_at - interval '1 hour'").update();
    quota.acquire(5, INTERACTIVE);
    assertThat(available()).isBetween(900.0, 995.1);
  }

  @Test
  void a_row_from_the_future_does_not_stop_the_fleet() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    jdbc.sql("update drive_quota set refilled_at = refilled_at + interval '1 hour'").update();
    var start = System.nanoTime();
    quota.acquire(100, INTERACTIVE);
    quota.acquire(100, INTERACTIVE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void a_small_call_is_not_starved_by_another_process_that_takes_all_it_gets() throws Exception {
    var grants = new ConcurrentLinkedQueue<Grant>();
    spend(quota(62_000), BULK, 200, 50, grants);
    await().until(() -> grants.size() > 3);
    var clicker = quota(62_000);
    var start = System.nanoTime();
    for (var i = 0; i < 3; i++) {
      clicker.acquire(5, INTERACTIVE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
  }

  @Test
  void a_call_dearer_than_a_second_of_the_rate_is_paid_for_before_the_next() throws Exception {
    var quota = quota(12_400);
    var start = System.nanoTime();
    quota.acquire(300, VIEWER);
    quota.acquire(5, VIEWER);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1400), Duration.ofMillis(4000));
  }

  @Test
  void calls_that_wait_together_are_drawn_together() throws Exception {
    var statements = new AtomicInteger();
    var quota =
        new Quota(
            after(statements::incrementAndGet), () -> robot, QuotaProperties.of(620_000), PATIENCE);
    quota.ensureRow();
    // The first waits for so long that all others stand behind it, however slowly they come.
    set("refilled_at = clock_timestamp(), available = -15000");
    var tasks = new ArrayList<Callable<Void>>();
    for (var i = 0; i < 400; i++) {
      tasks.add(() -> {
        quota.acquire(20, INTERACTIVE);
        return null;
      });
    }
    for (var done : threads.invokeAll(tasks)) {
      done.get();
    }
    // 8,000 units at 10,000 a second, at most 2,500 a draw.
    assertThat(statements.get()).isBetween(4, 80);
  }

  @Test
  void an_interrupted_wait_ends_at_once_and_takes_nothing() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    set("available = -1500");
    var ended = new ConcurrentLinkedQueue<Throwable>();
    var start = System.nanoTime();
    var waiting = Thread.ofVirtual().start(() -> ended.add(endOf(quota)));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    waiting.interrupt();
    assertThat(waiting.join(Duration.ofSeconds(1))).isTrue();
    assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
    quota.acquire(100, INTERACTIVE);
    assertThat(drawn()).isEqualTo(100);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1400));
  }

  @Test
  void bulk_work_leaves_a_fifth_and_syncs_of_people_a_tenth_of_the_bucket() throws Exception {
    var quota = quota(60_000);
    quota.ensureRow();
    for (var level : Map.of(BULK, 0.2, FEED, 0.1, INTERACTIVE, 0.1, VIEWER, 0.0).entrySet()) {
      // Ten units below the level: by the refill of some milliseconds, none is drawn before.
      var full = 60_000 / QuotaTest.spread(60_000);
      set("refilled_at = clock_timestamp(), available = " + (full * level.getValue() - 300));
      quota.acquire(5, level.getKey());
      assertThat(available() + 5)
          .as("the bucket when %s drew", level.getKey())
          .isGreaterThanOrEqualTo(full * level.getValue() - 0.001);
    }
  }

  @Test
  void viewers_and_clicks_get_what_they_ask_for_while_bulk_work_takes_all_it_gets()
      throws Exception {
    var bulk = new ConcurrentLinkedQueue<Grant>();
    for (var process : List.of(quota(60_000), quota(60_000), quota(60_000), quota(60_000))) {
      spend(process, BULK, 100, 16, bulk);
    }
    await().until(() -> bulk.size() > 10);
    var longest = new EnumMap<Priority, Duration>(Priority.class);
    var another = quota(60_000);
    for (var n = 0; n < 5; n++) {
      for (var priority : List.of(VIEWER, INTERACTIVE)) {
        var start = System.nanoTime();
        another.acquire(100, priority);
        longest.merge(
            priority,
            Duration.ofNanos(System.nanoTime() - start),
            (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    assertThat(longest.values()).allMatch(wait -> wait.compareTo(Duration.ofMillis(700)) < 0);
    assertThat(bulk).hasSizeGreaterThan(10);
  }

  @Test
  void the_feed_does_not_wait_behind_the_walks_of_its_own_process() throws Exception {
    var bulk = new ConcurrentLinkedQueue<Grant>();
    var quota = quota(60_000);
    spend(quota, BULK, 100, 64, bulk);
    await().until(() -> bulk.size() > 3);
    var start = System.nanoTime();
    quota.acquire(100, FEED);
    // Those before it in the line would take 6.4 s.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
  }

  @Test
  void a_refused_call_slows_the_fleet_down_once_in_ten_seconds() {
    var quota = quota(60_000);
    var another = quota(60_000);
    quota.ensureRow();
    quota.limited(null);
    another.limited(null);
    quota.limited(null);
    assertThat(share()).isEqualTo(0.7);
    assertThat(refused()).isEqualTo(3);
    set("share_changed_at = clock_timestamp() - interval '10 seconds'");
    another.limited(null);
    assertThat(share()).isEqualTo(0.7 * 0.7);
    for (int n = 0; n < 10; n++) {
      set("share_changed_at = clock_timestamp() - interval '10 seconds'");
      quota.limited(null);
    }
    assertThat(share()).as("it is never cut to nothing").isEqualTo(0.1);
  }

  @Test
  void the_rate_grows_back_step_by_step_and_never_beyond_the_setting() throws Exception {
    var quota = quota(60_000);
    quota.ensureRow();
    quota.limited(null);
    quota.acquire(5, BULK);
    assertThat(share()).isEqualTo(0.7);
    set("share_changed_at = clock_timestamp() - interval '10 seconds'");
    quota.acquire(5, BULK);
    assertThat(share()).isEqualTo(0.75);
    quota.acquire(5, BULK);
    assertThat(share()).isEqualTo(0.75);
    set("share_changed_at = clock_timestamp() - interval '1 day'");
    quota.acquire(5, BULK);
    assertThat(share()).isEqualTo(1);
  }

  @Test
  void all_get_less_while_the_rate_is_cut() throws Exception {
    var quota = quota(60_000);
    quota.ensureRow();
    set("share = 0.1, share_changed_at = clock_timestamp()");
    var start = System.nanoTime();
    for (var n = 0; n < 4; n++) {
      quota(60_000).acquire(50, VIEWER);
    }
    // 100 units a second; the last call is not yet paid for.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1400));
  }

  @Test
  void the_pause_that_google_asks_for_holds_for_the_whole_fleet() throws Exception {
    quota(600_000).ensureRow();
    quota(600_000).limited(Duration.ofMillis(1500));
    var start = System.nanoTime();
    quota(600_000).acquire(5, VIEWER);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1400));
    quota(600_000).limited(Duration.ofMinutes(1));
    for (var priority : Priority.values()) {
      assertThatThrownBy(() -> quota(600_000).acquire(5, priority))
          .isInstanceOfSatisfying(
              DriveProblem.Busy.class,
              busy ->
                  assertThat(busy.retryAfter())
                      .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60)));
    }
  }

  @Test
  void a_pause_without_reason_ends_after_five_minutes() {
    quota(60_000).ensureRow();
    quota(60_000).limited(Duration.ofDays(3));
    assertThat(
            jdbc.sql(
                    "select extract(epoch from paused_until - clock_timestamp()) from drive_quota where credential = ?")
                .param(robot)
                .query(Double.class)
                .single())
        .isBetween(290.0, 300.0);
  }

  @Test
  void a_viewer_is_told_to_come_back_and_a_sync_waits() throws Exception {
    var quota =
        new Quota(database, () -> robot, QuotaProperties.of(60_000), Duration.ofMillis(100));
    quota.ensureRow();
    set("available = -1500");
    assertThatThrownBy(() -> quota.acquire(5, VIEWER))
        .isInstanceOfSatisfying(
            DriveProblem.Busy.class,
            busy -> assertThat(busy.retryAfter()).isGreaterThan(Duration.ofMillis(500)));
    quota.acquire(5, INTERACTIVE);
    assertThat(drawn()).isEqualTo(5);
  }

  @Test
  void a_draw_that_waited_for_the_row_refills_the_bucket_up_to_its_own_time() throws Exception {
    var quota = quota(60_000);
    quota.ensureRow();
    set("available = 0, refilled_at = clock_timestamp()");
    Thread drawing;
    try (var other = database.getConnection()) {
      other.setAutoCommit(false);
      try (var lock = other.createStatement()) {
        lock.execute("select from drive_quota where credential = '" + robot + "' for update");
        drawing = Thread.ofVirtual().start(() -> endOf(quota));
        await().until(this::othersWait);
        lock.execute(
            "update drive_quota set refilled_at = clock_timestamp(), available = -50 where credential = '"
                + robot
                + "'");
      }
      other.commit();
    }
    assertThat(drawing.join(PATIENCE)).isTrue();
    assertThat(
            jdbc.sql(
                    "select refilled_at <= clock_timestamp() from drive_quota where credential = ?")
                .param(robot)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(available()).isBetween(-5.0, 400.0);
  }

  @Test
  void a_wait_for_the_database_can_be_interrupted() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    var ended = new ConcurrentLinkedQueue<Throwable>();
    try (var other = database.getConnection()) {
      other.setAutoCommit(false);
      try (var lock = other.createStatement()) {
        lock.execute("select from drive_quota where credential = '" + robot + "' for update");
      }
      var waiting = Thread.ofVirtual().start(() -> ended.add(endOf(quota)));
      await().until(this::othersWait);
      waiting.interrupt();
      assertThat(waiting.join(Duration.ofSeconds(2))).isTrue();
    }
    assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_setting_written_at_start_holds_for_all() {
    quota(325_000).ensureRow();
    quota(60_000).ensureRow();
    assertThat(
            jdbc.sql("select units_per_minute from drive_quota where credential = ?")
                .param(robot)
                .query(Integer.class)
                .single())
        .isEqualTo(60_000);
  }

  @Test
  void without_the_database_nothing_is_granted() {
    var database = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none");
    var broken = new Quota(database, () -> robot, QuotaProperties.of(60_000), PATIENCE);
    assertThatThrownBy(() -> broken.acquire(5, INTERACTIVE))
        .isInstanceOf(DataAccessException.class);
  }

  private void set(String columns) {
    jdbc.sql("update drive_quota set " + columns + " where credential = ?").param(robot).update();
  }

  private double share() {
    return jdbc.sql("select share from drive_quota where credential = ?")
        .param(robot)
        .query(Double.class)
        .single();
  }

  private int refused() {
    return jdbc.sql("select refused_calls from drive_quota where credential = ?")
        .param(robot)
        .query(Integer.class)
        .single();
  }

  private int drawn() {
    return jdbc.sql(
            "select viewer_units + interactive_units + bulk_units from drive_quota where credential = ?")
        .param(robot)
        .query(Integer.class)
        .single();
  }

  /** A minute's units are spread over more than 60 s (QuotaRow). */
  private static double spread(int unitsPerMinute) {
    return 62 + 60.0 * 200 / unitsPerMinute;
  }

  private static Throwable endOf(Quota quota) {
    try {
      quota.acquire(5, INTERACTIVE);
      return new AssertionError("granted");
    } catch (InterruptedException | RuntimeException e) {
      return e;
    }
  }

  private boolean othersWait() {
    return jdbc.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
            .query(Integer.class)
            .single()
        > 0;
  }

  private Quota quota(int unitsPerMinute) {
    return new Quota(database, () -> robot, QuotaProperties.of(unitsPerMinute), PATIENCE);
  }

  private void spend(Quota quota, Priority priority, int units, int callers, Queue<Grant> grants) {
    for (var i = 0; i < callers; i++) {
      threads.execute(() -> spend(quota, priority, units, grants));
    }
  }

  private static void spend(Quota quota, Priority priority, int units, Queue<Grant> grants) {
    try {
      while (true) {
        quota.acquire(units, priority);
        grants.add(new Grant(System.nanoTime(), units));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double available() {
    return jdbc.sql("select available from drive_quota where credential = ?")
        .param(robot)
        .query(Double.class)
        .optional()
        .orElse(0.0);
  }

  private static double mostWithin(Duration window, List<Grant> grants) {
    return grants.stream()
        .mapToLong(from ->
            grants.stream()
                .filter(to -> to.atNanos() - from.atNanos() >= 0)
                .filter(to -> to.atNanos() - from.atNanos() < window.toNanos())
                .mapToLong(Grant::units)
                .sum())
        .max()
        .orElse(0);
  }

  /** The database, seen through something that happens before each connection. */
  private DataSource after(Runnable event) {
    return new AbstractDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        event.run();
        return database.getConnection();
      }

      @Override
      public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
      }
    };
  }
}
