package org.drivelens.drive;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * The quota of one credential, shared by every process that uses it: one row is the bucket. The
 * limiter of this process spreads its calls; the row decides what all of them get together.
 */
public final class Quota {

  /**
   * The bucket may go below zero: who draws waits until the row has come back to zero. So the
   * processes are served in the order in which they asked, without asking twice.
   *
   * <p>clock_timestamp(), not now(): an UPDATE that waited for the row's lock is evaluated again,
   * and must not see a time before the last refill.
   */
  private static final String DRAW =
      """
      update drive_quota
         set available = least(? * units_per_minute / ?, available + units_per_minute / ?
               * greatest(0, extract(epoch from clock_timestamp() - refilled_at)::float8)) - ?,
             refilled_at = clock_timestamp()
       where credential = ?
      returning greatest(0, -available) * ? / units_per_minute\
      """;

  private static final String ENSURE =
      """
      insert into drive_quota (credential, units_per_minute) values (?, ?)
          on conflict (credential) do update set units_per_minute = excluded.units_per_minute\
      """;

  /** Drawn units that nobody came for (he was interrupted) are void after this. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final Supplier<String> credential;
  private final QuotaProperties properties;
  private final RateLimiter pace;
  private final long slice;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong wanted = new AtomicLong();
  private long held;
  private long usableAt;

  Quota(DataSource dataSource, Supplier<String> credential, QuotaProperties properties) {
    this.dataSource = dataSource;
    this.credential = credential;
    this.properties = properties;
    var perSecond = properties.unitsPerMinute() / secondsOfOneMinute();
    slice = Math.max(1, Math.round(perSecond * seconds(properties.draw())));
    pace =
        RateLimiter.of(
            "drive",
            RateLimiterConfig.custom()
                .limitRefreshPeriod(properties.draw())
                .limitForPeriod(Math.toIntExact(slice))
                .timeoutDuration(Duration.ofDays(1))
                .build());
  }

  int cost(DriveMethod method) {
    return method.cost(properties.costs());
  }

  /** Writes the setting into the row, for the whole fleet; the last process to start wins. */
  public void ensureRow() {
    try (var connection = dataSource.getConnection();
        var insert = connection.prepareStatement(ENSURE)) {
      insert.setString(1, credential.get());
      insert.setInt(2, properties.unitsPerMinute());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw failed("write the quota", ENSURE, e);
    }
  }

  /** Waits until the fleet may spend these units, in the order of asking. */
  void acquire(int units) throws InterruptedException {
    if (units <= 0) {
      return;
    }
    if (!pace.acquirePermission(units)) {
      Thread.interrupted();
      throw new InterruptedException("waiting for quota");
    }
    wanted.addAndGet(units);
    try {
      turn.lockInterruptibly();
      try {
        take(units);
      } finally {
        turn.unlock();
      }
    } finally {
      wanted.addAndGet(-units);
    }
  }

  private void take(int units) throws InterruptedException {
    if (held > 0 && System.nanoTime() - usableAt > KEPT.toNanos()) {
      held = 0;
    }
    if (held < units) {
      // What those behind us wait for is drawn along, in the same statement.
      var drawn = Math.max(units, Math.min(wanted.get(), slice)) - held;
      usableAt = System.nanoTime() + draw(drawn).toNanos();
      held += drawn;
    }
    // Before anything is taken: an interrupted wait leaves the units to the next.
    Thread.sleep(Duration.ofNanos(Math.max(0, usableAt - System.nanoTime())));
    held -= units;
  }

  private Duration draw(long units) throws InterruptedException {
    try (var connection = dataSource.getConnection();
        var update = connection.prepareStatement(DRAW)) {
      update.setDouble(1, seconds(properties.burst()));
      update.setDouble(2, secondsOfOneMinute());
      update.setDouble(3, secondsOfOneMinute());
      update.setLong(4, units);
      update.setString(5, credential.get());
      update.setDouble(6, secondsOfOneMinute());
      try (var row = update.executeQuery()) {
        if (row.next()) {
          return Duration.ofNanos(Math.round(row.getDouble(1) * 1e9));
        }
      }
    } catch (SQLException e) {
      // A virtual thread that is interrupted while it waits for the database loses its connection.
      if (Thread.interrupted()) {
        throw new InterruptedException("drawing quota");
      }
      throw failed("draw quota", DRAW, e);
    }
    ensureRow();
    return draw(units);
  }

  /**
   * The units of one minute are spread over a little more than 60 s, because any 60 s may begin
   * with a full bucket and with drawn units that are not yet spent.
   */
  private double secondsOfOneMinute() {
    return 60 + seconds(properties.burst()) + seconds(KEPT);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Plain JDBC on purpose: within a caller's transaction the row would stay locked. */
  private static DataAccessException failed(String task, String sql, SQLException e) {
    var known = new SQLExceptionSubclassTranslator().translate(task, sql, e);
    return known == null ? new UncategorizedSQLException(task, sql, e) : known;
  }
}
