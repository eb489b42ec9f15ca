package org.drivelens.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.drivelens.model.Actor.Wait;
import org.drivelens.model.Drive.Access;
import org.drivelens.model.Drive.Item;
import org.drivelens.model.Drive.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One schedule: Drive and what people do in it, the database, the messages, and the processes,
 * whose steps interleave as a seed says.
 */
final class World {

  /** What went wrong, each kind with its first case. */
  enum Violation {
    /** A gallery that came to rest is not its folder. */
    DIVERGED,
    /** Not even after a walk. */
    NOT_HEALED,
    /** A gallery that does not come to rest. */
    STUCK,
    /** An event was taken for one that kills its workers, and was not. */
    GIVEN_UP,
    /** Work without end while nothing happens. */
    HOT,
    /** A worker that lost its lease wrote. */
    UNFENCED,
    /** A page of the log was stored over a newer one. */
    LOG_WENT_BACK,
    /** A photo was removed that had always been inside. */
    REMOVED_WITHOUT_CAUSE,
    /** A photo was removed though the event's own folder was away all the time. */
    REMOVED_WITHOUT_FOLDER,
    /** More doubtful removals than the brake allows. */
    BRAKE_FAILED,
    /** A request was answered by what was true before it. */
    STALE_ANSWER
  }

  private static final double QUIET = 500;

  /** Doubtful removals that need nobody's word. */
  static final int FEW = 2;

  private record Asked(Event event, int generation, double at) {}

  private final Set<Rule> rules;
  private final Set<Weather> weather;
  private final Random random;
  private final @Nullable List<String> story;
  final Drive drive = new Drive(this);
  final List<Feed> feeds = List.of(new Feed(Drive.USER), new Feed(Drive.SHARED));
  final List<Event> events = new ArrayList<>();
  final List<Event> messages = new ArrayList<>();
  private final Deque<Deeds.Deed> schedule;
  private final Deeds deeds = new Deeds(this);
  private final List<Actor> actors = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  /** When Drive last showed each photo outside of each event's folder. */
  private final Map<String, Map<String, Double>> lastOutside = new HashMap<>();

  /** Since when the folders of events are away. */
  private final Map<String, Double> awaySince = new HashMap<>();

  final Map<Violation, String> violations = new LinkedHashMap<>();
  private boolean faults = true;
  private long claims;
  private long polls;

  /** Until then Drive refuses every call. */
  double outageUntil;

  double now;

  World(long seed, Set<Rule> rules, Set<Weather> weather, @Nullable List<String> story) {
    this.rules = rules;
    this.weather = weather;
    this.random = new Random(seed * 7919 + 13);
    this.story = story;
    this.schedule = new ArrayDeque<>(Deeds.of(seed, has(Weather.CROWDED)));
    furnish();
  }

  private void furnish() {
    folder("ANC", null);
    folder("R1", "ANC").access = Access.GRANTED;
    folder("A", "R1");
    folder("B", "A");
    folder("C", "R1");
    folder("R2", "A");
    folder("E", "R2");
    folder("OV", null).access = Access.GRANTED;
    folder("G", "OV");
    folder("OH", null);
    folder("H", "OH");
    folder("SD", null).access = Access.GRANTED;
    folder("R4", "SD");
    folder("S", "R4");
    folder("T", "SD");
    for (var folder : "R1 A B C R2 E G H A B C E G R4 S S T".split(" ", -1)) {
      drive.make(Kind.IMAGE, folder, null);
    }
    if (has(Weather.SHORTCUTS)) {
      drive.make(Kind.SHORTCUT, "C", "G");
    }
    for (var root : List.of("R1", "R2", "R1", "R4")) {
      var own = root.equals("R4") && keeps(Rule.FEED_OF_ITS_DRIVE) ? Drive.SHARED : Drive.USER;
      events.add(new Event("e" + (events.size() + 1), root, feeds.get(own)));
    }
    for (int n = 0; n < 3; n++) {
      actors.add(new Worker(this, n));
    }
    for (int n = 0; n < 4; n++) {
      actors.add(new Poller(this, n, feeds.get(n % 2)));
    }
    actors.add(new Ticks(this));
    if (keeps(Rule.SWEEP)) {
      actors.add(new Sweep(this));
    }
    track();
  }

  private Item folder(String id, @Nullable String parent) {
    return drive.make(id, Kind.FOLDER, parent, null);
  }

  // Asked by all parts.

  boolean keeps(Rule rule) {
    return rules.contains(rule);
  }

  boolean has(Weather what) {
    return weather.contains(what);
  }

  double random() {
    return random.nextDouble();
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double of) {
    return random.nextDouble() < of;
  }

  /** A fault strikes; not any more once the schedule is over. */
  boolean strikes(Weather what, double of) {
    return faults && has(what) && chance(of);
  }

  boolean isRoot(String folder) {
    return events.stream().anyMatch(e -> e.root.equals(folder));
  }

  Event event(double which) {
    return events.get((int) (which * events.size()));
  }

  void note(Supplier<String> what) {
    if (story != null) {
      story.add(String.format(Locale.ROOT, "%7.2f %s", now, what.get()));
    }
  }

  void violated(Violation what, String how) {
    violations.putIfAbsent(what, String.format(Locale.ROOT, "%s at %.1f", how, now));
    note(() -> "!! " + what + " " + how);
  }

  // Messages and requests.

  void publish(Event event) {
    if (!strikes(Weather.LOST_MESSAGES, .25)) {
      messages.add(event);
      if (strikes(Weather.LOST_MESSAGES, .1)) {
        messages.add(event);
      }
    }
  }

  void request(Event event, boolean full) {
    request(event, full, false);
  }

  /** The walk that the clock asks for. */
  void requestByClock(Event event) {
    event.fullDueAt = null;
    request(event, true, true);
  }

  private void request(Event event, boolean full, boolean byClock) {
    event.requested++;
    event.requestedAt = now;
    if (full) {
      event.fullByClock = byClock && (event.fullByClock || event.fullRequested <= event.fullWalked);
      event.fullRequested = event.requested;
    }
    event.attempts = 0;
    event.error = null;
    event.wakeBy(now + 10);
    asked.add(new Asked(event, event.requested, now));
    note(() ->
        "request "
            + event.id
            + " generation "
            + event.requested
            + (full ? " full" : "")
            + (byClock ? " by the clock" : ""));
    publish(event);
  }

  /** Whoever asked sees at least what was there when he asked. */
  void answered(Event event) {
    asked.removeIf(a -> {
      if (a.event != event || a.generation > event.synced) {
        return false;
      }
      boolean tells = !has(Weather.LATE_FEED) && !has(Weather.LATE_FLAGS) && event.held.isEmpty();
      if (tells && drive.lastChange < a.at && difference(event) != null && !isRootAway(event)) {
        violated(Violation.STALE_ANSWER, event.id + ": " + difference(event));
      }
      return true;
    });
  }

  void claimed() {
    claims++;
  }

  void polled() {
    polls++;
  }

  // What happens.

  private void step() {
    var next = actors.getFirst();
    for (var actor : actors) {
      next = actor.at < next.at ? actor : next;
    }
    if (!schedule.isEmpty() && schedule.getFirst().at() <= next.at) {
      var deed = schedule.removeFirst();
      now = Math.max(now, deed.at());
      drive.tick();
      track();
      deeds.happen(deed);
      track();
      return;
    }
    now = Math.max(now, next.at);
    drive.tick();
    renewLeases();
    next.frozenUntil = 0;
    if (!next.isIdle()) {
      next.go();
    }
    next.at = now + duration(next);
    trim();
  }

  private void renewLeases() {
    for (var actor : actors) {
      if (actor instanceof Worker worker && worker.frozenUntil <= now) {
        worker.renewLease();
      }
    }
  }

  private double duration(Actor actor) {
    if (actor.waitsFor != Wait.WORK && strikes(Weather.FREEZES, .012)) {
      double length = 15 + random() * 45;
      actor.frozenUntil = now + length;
      note(() -> actor.name + " freezes for " + Math.round(length) + " s");
      return length;
    }
    if (actor.waitsFor != Wait.WORK && strikes(Weather.CRASHES, .012)) {
      crash(actor);
    }
    return switch (actor.waitsFor) {
      case DRIVE ->
          strikes(Weather.QUOTA_WAITS, .004)
              ? 20 + random() * 40
              : .05 + random() * (chance(.1) ? 6 : 1);
      case DATABASE -> .005 + random() * (chance(.05) ? 3 : .1);
      case WORK -> .1 + random() * .5;
      case POLL -> .02 + random() * .3;
      case SWEEP -> 5;
      case TICK -> 90;
    };
  }

  private void crash(Actor actor) {
    note(() -> actor.name + " crashes");
    actor.kill();
    actors.set(actors.indexOf(actor), actor.again());
    if (actor instanceof Worker worker && worker.message() != null && chance(.8)) {
      messages.add(worker.message());
    }
  }

  private void trim() {
    for (var feed : feeds) {
      if (feed.entries.size() > 6 && strikes(Weather.TRIMMED_LOG, .002)) {
        feed.entries.subList(0, feed.entries.size() - 4).clear();
        feed.floor = feed.entries.getFirst().seq() - 1;
        note(() -> "log " + feed.log + " trimmed to " + feed.floor);
      }
    }
  }

  // Judgement.

  /** Runs the schedule, lets all come to rest, and compares. */
  World run() {
    try {
      runUntil(Deeds.SPAN + 5);
      faults = false;
      deeds.openFolders();
      track();
      note(() -> "--- quiet");
      long claimsBefore = claims;
      long pollsBefore = polls;
      events.forEach(this::accept);
      runUntil(now + QUIET / 2);
      events.forEach(this::accept);
      runUntil(now + QUIET / 2);
      if (claims - claimsBefore > 100 || polls - pollsBefore > 200) {
        violated(
            Violation.HOT, claims - claimsBefore + " claims, " + (polls - pollsBefore) + " polls");
      }
      compare(Violation.DIVERGED);
      if (!has(Weather.UNSEEN_ANCESTOR) && !violations.isEmpty()) {
        return this;
      }
      walkAll();
      runUntil(now + QUIET);
      events.forEach(this::accept);
      runUntil(now + QUIET / 2);
      compare(Violation.NOT_HEALED);
      return this;
    } finally {
      actors.forEach(Actor::kill);
    }
  }

  /** Somebody accepts the removals that are held. */
  void accept(Event event) {
    if (!event.held.isEmpty()) {
      event.accepted = true;
      request(event, false);
    }
  }

  /** The daily walk falls due by itself. */
  private void walkAll() {
    note(() -> "--- a day later");
    for (var event : events) {
      if (keeps(Rule.DAILY_WALK)) {
        event.fullDueAt = now;
        if (event.error == null) {
          event.wakeBy(now);
        }
      }
    }
  }

  private void runUntil(double end) {
    long steps = 0;
    while ((!schedule.isEmpty() || now < end) && steps++ < 300_000) {
      step();
    }
  }

  private void compare(Violation kind) {
    for (var event : events) {
      if (event.requested == 0 || isRootAway(event)) {
        continue;
      }
      if (kind == Violation.DIVERGED && !isTold(event)) {
        continue;
      }
      if (event.isDue(now)) {
        violated(
            Violation.STUCK,
            event.id
                + " dirty="
                + event.dirty
                + " walk="
                + (event.walk != null)
                + " error="
                + event.error
                + " "
                + event.requested
                + "/"
                + event.synced
                + " attempts="
                + event.attempts);
      } else if (difference(event) != null) {
        violated(kind, event.id + ": " + difference(event));
      }
    }
  }

  /** The feed says nothing of what happens above what we cannot see. */
  private boolean isTold(Event event) {
    return !has(Weather.UNSEEN_ANCESTOR) && !event.above.containsValue(Event.UNSEEN);
  }

  private boolean isRootAway(Event event) {
    return drive.isTrashed(event.root) || !drive.isVisible(event.root);
  }

  private @Nullable String difference(Event event) {
    var truth = drive.truth(event.root);
    var found = new ArrayList<String>();
    truth.forEach((id, item) -> {
      var photo = event.photos.get(id);
      if (photo == null) {
        found.add("missing " + id);
      } else if (photo.version() != item.version) {
        found.add("stale " + id);
      }
    });
    event.photos.keySet().stream()
        .filter(id -> !truth.containsKey(id))
        .forEach(id -> found.add("surplus " + id));
    return found.isEmpty() ? null : String.join(", ", found);
  }

  /** Notes which photos Drive shows outside now. */
  private void track() {
    for (var event : events) {
      if (isRootAway(event)) {
        awaySince.putIfAbsent(event.id, now);
      } else {
        awaySince.remove(event.id);
      }
      var outside = lastOutside.computeIfAbsent(event.id, e -> new HashMap<>());
      drive.items.values().stream()
          .filter(i -> i.kind == Kind.IMAGE && !isShown(event, i.id))
          .forEach(i -> outside.put(i.id, now));
    }
  }

  /**
   * Inside, and Drive says so: a trash flag that lags says otherwise. By its parents: what
   * shortcuts show may be away until the next walk.
   */
  private boolean isShown(Event event, String photo) {
    var file = drive.get(photo);
    return file != null
        && !file.trashed()
        && !drive.isTrashed(photo)
        && drive.isBelow(photo, event.root);
  }

  void removed(Event event, String photo, double since, double stepBegan, String why) {
    // A flag that lags shows a folder that is away.
    if (!has(Weather.LATE_FLAGS) && awaySince.getOrDefault(event.id, now) < stepBegan) {
      violated(Violation.REMOVED_WITHOUT_FOLDER, event.id + "/" + photo + " " + why);
    }
    var outside = lastOutside.getOrDefault(event.id, Map.of()).getOrDefault(photo, -1.0);
    if (isShown(event, photo) && outside < since) {
      violated(Violation.REMOVED_WITHOUT_CAUSE, event.id + "/" + photo + " " + why);
    }
  }

  static World of(long seed, Set<Rule> rules, Set<Weather> weather) {
    return new World(seed, rules, weather, null).run();
  }

  static Set<Rule> allBut(Rule... without) {
    var rules = EnumSet.allOf(Rule.class);
    rules.removeAll(List.of(without));
    return rules;
  }
}
