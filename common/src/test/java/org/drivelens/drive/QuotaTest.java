package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** A minute's units are spread over 62 s: the bucket's 1 s, and 1 s that drawn units may wait. */
  private static final double SPREAD = 62;

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
  void two_processes_together_stay_within_the_limit_and_use_it() throws Exception {
    var perMinute = 62_000;
    var grants = new ConcurrentLinkedQueue<Grant>();
    var start = System.nanoTime();
    for (var process : List.of(quota(perMinute), quota(perMinute))) {
      spend(process, 5, 8, grants);
      spend(process, 100, 8, grants);
      spend(process, 200, 2, grants);
    }
    await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
    threads.shutdownNow();
    var all = new ArrayList<>(grants);
    var seconds = (System.nanoTime() - start) / 1e9;
    var perSecond = perMinute / SPREAD;
    var spent = all.stream().mapToLong(Grant::units).sum();
    assertThat((double) spent).isLessThanOrEqualTo(perSecond * seconds);
    assertThat((double) spent).isGreaterThan(0.9 * perSecond * seconds - perSecond / 2);
    assertThat(mostWithin(Duration.ofSeconds(1), all)).isLessThanOrEqualTo(2 * perSecond);
  }

  @Test
  void what_is_saved_up_while_nobody_asks_is_one_second_at_most() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    jdbc.sql("update drive_quota set refilled_at = refilled_at - interval '1 hour'").update();
    quota.acquire(5);
    assertThat(available()).isBetween(900.0, 995.1);
  }

  @Test
  void a_row_from_the_future_does_not_stop_the_fleet() throws Exception {
    var quota = quota(62_000);
    quota.ensureRow();
    jdbc.sql("update drive_quota set refilled_at = refilled_at + interval '1 hour'").update();
    var start = System.nanoTime();
    quota.acquire(100);
    quota.acquire(100);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void a_small_call_is_not_starved_by_another_process_that_takes_all_it_gets() throws Exception {
    var grants = new ConcurrentLinkedQueue<Grant>();
    spend(quota(62_000), 200, 50, grants);
    await().until(() -> grants.size() > 3);
    var clicker = quota(62_000);
    var start = System.nanoTime();
    for (var i = 0; i < 3; i++) {
      clicker.acquire(5);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
  }

  @Test
  void a_call_dearer_than_a_second_of_the_rate_is_granted_when_it_is_paid_for() throws Exception {
    var quota = quota(12_400);
    var start = System.nanoTime();
    quota.acquire(300);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1400), Duration.ofMillis(4000));
  }

  @Test
  void calls_that_wait_together_are_drawn_together() throws Exception {
    var statements = new AtomicInteger();
    var quota =
        new Quota(after(statements::incrementAndGet), () -> robot, QuotaProperties.of(620_000));
    quota.ensureRow();
    var tasks = new ArrayList<Callable<Void>>();
    for (var i = 0; i < 400; i++) {
      tasks.add(() -> {
        quota.acquire(20);
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
  void an_interrupted_wait_ends_at_once_and_leaves_its_units_to_the_next() throws Exception {
    var statements = new AtomicInteger();
    var quota =
        new Quota(after(statements::incrementAndGet), () -> robot, QuotaProperties.of(62_000));
    quota.ensureRow();
    jdbc.sql("update drive_quota set available = -1500 where credential = ?").param(robot).update();
    var ended = new ConcurrentLinkedQueue<Throwable>();
    var start = System.nanoTime();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                quota.acquire(100);
              } catch (InterruptedException e) {
                ended.add(e);
              }
            });
    await().until(() -> available() < -1500);
    waiting.interrupt();
    assertThat(waiting.join(Duration.ofSeconds(1))).isTrue();
    assertThat(ended).hasSize(1);
    quota.acquire(100);
    assertThat(statements).as("the row is not asked again").hasValue(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1400));
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
    var broken = new Quota(database, () -> robot, QuotaProperties.of(60_000));
    assertThatThrownBy(() -> broken.acquire(5)).isInstanceOf(DataAccessException.class);
  }

  private static Throwable endOf(Quota quota) {
    try {
      quota.acquire(5);
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
    return new Quota(database, () -> robot, QuotaProperties.of(unitsPerMinute));
  }

  private void spend(Quota quota, int units, int callers, ConcurrentLinkedQueue<Grant> grants) {
    for (var i = 0; i < callers; i++) {
      threads.execute(() -> {
        try {
          while (true) {
            quota.acquire(units);
            grants.add(new Grant(System.nanoTime(), units));
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
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
