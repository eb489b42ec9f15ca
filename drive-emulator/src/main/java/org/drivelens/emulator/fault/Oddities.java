package org.drivelens.emulator.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which oddities are on. Chance is drawn from the seed and from what is asked, not from the order
 * in which threads come: the same seed and the same questions give the same answers.
 */
public final class Oddities {

  private static final int MOST_QUESTIONS = 100_000;

  private final Clock clock;
  private final Map<Oddity, State> on = new EnumMap<>(Oddity.class);
  private final Map<String, Integer> asked = new HashMap<>();
  private long seed = 1;

  private record State(How how, int left, Instant since) {}

  /**
   * How odd.
   *
   * @param times how often; {@link Integer#MAX_VALUE} until switched off
   * @param percent of the questions for which it could happen
   * @param delay by how much something is late; null for as long as it is on
   * @param status with which a token is refused: 400, 403, 404 or 410
   */
  public record How(int times, int percent, @Nullable Duration delay, int status) {

    /** Always, until switched off. */
    public static final How ALWAYS = new How(Integer.MAX_VALUE, 100, null, 400);

    public How {
      if (times < 1 || percent < 1 || percent > 100) {
        throw new IllegalArgumentException("times is at least 1, percent 1 to 100");
      }
      if (status != 400 && status != 403 && status != 404 && status != 410) {
        throw new IllegalArgumentException("status is 400, 403, 404 or 410");
      }
    }

    public How times(int number) {
      return new How(number, percent, delay, status);
    }

    public How percent(int number) {
      return new How(times, number, delay, status);
    }

    public How late(@Nullable Duration by) {
      return new How(times, percent, by, status);
    }

    public How status(int code) {
      return new How(times, percent, delay, code);
    }
  }

  Oddities(Clock clock) {
    this.clock = clock;
  }

  public void on(Oddity oddity) {
    on(oddity, How.ALWAYS);
  }

  public synchronized void on(Oddity oddity, How how) {
    // Drive's times have milliseconds; what happens within this one counts as later.
    on.put(oddity, new State(how, how.times(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  public synchronized void off(Oddity oddity) {
    on.remove(oddity);
  }

  /** Everything off, chance from the start; the seed stays. */
  public synchronized void clear() {
    on.clear();
    asked.clear();
  }

  /** Begins chance anew. */
  public synchronized void seed(long number) {
    seed = number;
    asked.clear();
  }

  /**
   * Whether it happens now; if so, one of its times is used up.
   *
   * @param question what is asked; the same again is another draw
   */
  public synchronized boolean strikes(Oddity oddity, String question) {
    State state = on.get(oddity);
    if (state == null || state.left() == 0) {
      return false;
    }
    if (state.how().percent() < 100
        && draw(oddity + " " + question, 100) >= state.how().percent()) {
      return false;
    }
    if (state.left() != Integer.MAX_VALUE) {
      on.put(oddity, new State(state.how(), state.left() - 1, state.since()));
    }
    return true;
  }

  /** A number from 0 to one below the bound. */
  public synchronized int draw(String question, int bound) {
    if (asked.size() > MOST_QUESTIONS) {
      asked.clear();
    }
    int time = asked.merge(question, 1, Integer::sum);
    long mixed = (seed * 31 + question.hashCode()) * 0x9E3779B97F4A7C15L + time;
    return new SplittableRandom(mixed).nextInt(bound);
  }

  /** Null if it is off. */
  public synchronized @Nullable How how(Oddity oddity) {
    State state = on.get(oddity);
    return state == null ? null : state.how();
  }

  /**
   * From when on things are still too young to be seen; null if nothing is.
   *
   * @param oddity one of those that are about lateness
   */
  public synchronized @Nullable Instant tooYoung(Oddity oddity) {
    State state = on.get(oddity);
    if (state == null) {
      return null;
    }
    Duration delay = state.how().delay();
    Instant limit = delay == null ? state.since() : clock.instant().minus(delay);
    return limit.isBefore(state.since()) ? state.since() : limit;
  }

  /** What is on, in words. */
  synchronized List<String> list() {
    var all = new ArrayList<String>();
    on.forEach((oddity, state) -> {
      if (state.left() > 0) {
        all.add(oddity.wireName() + ": " + text(state));
      }
    });
    return all;
  }

  private static String text(State state) {
    var text = new StringBuilder();
    text.append(state.left() == Integer.MAX_VALUE ? "until off" : state.left() + " times");
    if (state.how().percent() < 100) {
      text.append(", ").append(state.how().percent()).append(" %");
    }
    if (state.how().delay() != null) {
      text.append(", late by ").append(state.how().delay());
    }
    return text.toString();
  }
}
