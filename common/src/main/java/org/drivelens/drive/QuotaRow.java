package org.drivelens.drive;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * The bucket: a row of {@code drive_quota}.
 *
 * <p>Plain JDBC on purpose: within a caller's transaction the row would stay locked.
 */
final class QuotaRow {

  /** Drawn units that nobody came for (he was interrupted) are void after this. */
  static final Duration KEPT = Duration.ofSeconds(1);

  /** Google may be wrong, or mean a day: after this one call finds out whether it still holds. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /**
   * Whoever finds the bucket at his level gets what stands above it, and one call at least: else a
   * dear call would wait for as long as cheap ones keep the bucket low.
   *
   * <p>clock_timestamp(), not now(): an UPDATE that waited for the row's lock is evaluated again,
   * and must not see a time before the last refill. It is read once: a volatile subquery is not
   * pulled up.
   */
  private static final String DRAW =
      """
      update drive_quota q
         set (share, share_changed_at, available, refilled_at, %1$s) = (
             select grown.share, case when grown.share > q.share then clock.now else q.share_changed_at end,
                    bucket.level - granted.units, clock.now, q.%1$s + granted.units
               from (select clock_timestamp() as now) as clock
              cross join lateral (
                select least(1, q.share + ? * floor(greatest(0, extract(epoch from clock.now - q.share_changed_at)::float8) / ?)) as share) as grown
              cross join lateral (select q.units_per_minute * q.share / ? as rate, ?::float8 as burst, ?::float8 as floor) as pace
              cross join lateral (
                select least(pace.burst * pace.rate,
                             q.available + pace.rate * greatest(0, extract(epoch from clock.now - q.refilled_at)::float8)) as level,
                       pace.rate * pace.floor as floor) as bucket
              cross join lateral (
                select case when bucket.level < bucket.floor or coalesce(q.paused_until > clock.now, false) then 0
                            else greatest(?, least(?, floor(bucket.level - bucket.floor)::bigint)) end as units) as granted)
       where credential = ?
      returning new.%1$s - old.%1$s as units,
                ?::float8 - new.available * ? / (new.units_per_minute * new.share) as until_level,
                coalesce(extract(epoch from new.paused_until - clock_timestamp())::float8, 0) as pause\
      """;

  /** However many calls are refused at the same time, the rate changes once. */
  private static final String LIMITED =
      """
      update drive_quota q
         set (share, share_changed_at, available, refilled_at, paused_until, refused_calls) = (
             select case when due.yes then greatest(?, q.share * ?) else q.share end,
                    case when due.yes then clock.now else q.share_changed_at end,
                    case when due.yes then least(q.available, 0) else q.available end,
                    case when due.yes then clock.now else q.refilled_at end,
                    greatest(q.paused_until, clock.now + make_interval(secs => ?)),
                    q.refused_calls + 1
               from (select clock_timestamp() as now) as clock
              cross join lateral (select q.share_changed_at <= clock.now - make_interval(secs => ?) as yes) as due)
       where credential = ?\
      """;

  private static final String ENSURE =
      """
      insert into drive_quota as q (credential, units_per_minute) values (?, ?)
          on conflict (credential) do update
         set units_per_minute = excluded.units_per_minute,
             share = case when q.units_per_minute = excluded.units_per_minute then q.share else 1 end\
      """;

  private final DataSource dataSource;
  private final Supplier<String> credential;
  private final QuotaProperties properties;

  QuotaRow(DataSource dataSource, Supplier<String> credential, QuotaProperties properties) {
    this.dataSource = dataSource;
    this.credential = credential;
    this.properties = properties;
  }

  /**
   * What a draw gave.
   *
   * @param units none if the bucket stands too low, or Google asked for a pause
   * @param untilLevel seconds until the bucket stands at the level of the priority
   * @param pause seconds until the end of the pause, not positive if there is none
   */
  record Drawn(long units, double untilLevel, double pause) {}

  /** In units per second, while Google does not complain. */
  double fullRate() {
    return properties.unitsPerMinute() / secondsOfOneMinute();
  }

  /**
   * Takes as much as there is for this priority, up to what is wanted.
   *
   * @param least the price of one call: at least so much, or nothing
   */
  Drawn draw(Priority priority, long least, long wanted) throws InterruptedException {
    var drawn = ifThere(priority, least, wanted);
    while (drawn == null) {
      ensure();
      drawn = ifThere(priority, least, wanted);
    }
    return drawn;
  }

  private @Nullable Drawn ifThere(Priority priority, long least, long wanted)
      throws InterruptedException {
    try (var connection = dataSource.getConnection();
        var update = connection.prepareStatement(DRAW.formatted(priority.column))) {
      set(update, values(priority, least, wanted));
      try (var row = update.executeQuery()) {
        return row.next() ? new Drawn(row.getLong(1), row.getDouble(2), row.getDouble(3)) : null;
      }
    } catch (SQLException e) {
      // A virtual thread that is interrupted while it waits for the database loses its connection.
      if (Thread.interrupted()) {
        throw new InterruptedException("drawing quota");
      }
      throw failed("draw quota", DRAW, e);
    }
  }

  private @Nullable Object[] values(Priority priority, long least, long wanted) {
    var burst = seconds(properties.burst());
    var floor = burst * properties.reserve().below(priority);
    var adapt = properties.adapt();
    return new @Nullable Object[] {
      adapt.growth(),
      seconds(adapt.every()),
      secondsOfOneMinute(),
      burst,
      floor,
      least,
      wanted,
      credential.get(),
      floor,
      secondsOfOneMinute()
    };
  }

  void ensure() {
    update("write the quota", ENSURE, credential.get(), properties.unitsPerMinute());
  }

  /** Cuts the rate unless it was changed just before, and lets nobody draw for so long. */
  void limited(Duration pause) {
    var adapt = properties.adapt();
    var capped = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    update(
        "note that Google limits the rate",
        LIMITED,
        adapt.least(),
        adapt.cut(),
        seconds(capped),
        seconds(adapt.every()),
        credential.get());
  }

  /**
   * The units of one minute are spread over a little more than 60 s, because any 60 s may begin
   * with a full bucket and with drawn units that are not yet spent, and end with a call not yet
   * paid for.
   */
  private double secondsOfOneMinute() {
    return 60
        + seconds(properties.burst())
        + seconds(KEPT)
        + 60.0 * properties.costs().dearest() / properties.unitsPerMinute();
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void update(String task, String sql, Object... values) {
    try (var connection = dataSource.getConnection();
        var update = connection.prepareStatement(sql)) {
      set(update, values);
      update.executeUpdate();
    } catch (SQLException e) {
      throw failed(task, sql, e);
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static DataAccessException failed(String task, String sql, SQLException e) {
    var known = new SQLExceptionSubclassTranslator().translate(task, sql, e);
    return known == null ? new UncategorizedSQLException(task, sql, e) : known;
  }
}
