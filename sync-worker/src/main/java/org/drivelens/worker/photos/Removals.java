package org.drivelens.worker.photos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drivelens.worker.photos.Removal.Doubt;
import org.drivelens.worker.photos.Removal.Proof;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

/**
 * Takes photos out of galleries. What Drive proves goes at once, however much it is. What stays in
 * doubt goes too, but not much of it: when a large part of a gallery seems to be gone, the trouble
 * may be with Drive or with us, and the photos are kept until they are seen again or somebody
 * accepts.
 *
 * <p>Everything here is called in the transaction of a lease.
 */
public final class Removals {

  /** A person knew better than Drive told us; counts for no later doubt. */
  private static final String ACCEPTED = "ACCEPTED";

  private final JdbcClient jdbc;
  private final PhotoCatalog photos;
  private final HeldRemovals held;
  private final RemovalProperties limits;

  public Removals(JdbcClient jdbc, PhotoCatalog photos, RemovalProperties limits) {
    this.jdbc = jdbc;
    this.photos = photos;
    this.held = new HeldRemovals(jdbc);
    this.limits = limits;
  }

  /**
   * Removes what is proved, and notes what is in doubt until {@link #decide}. Call it before
   * folders are deleted.
   */
  public Tally apply(EventKey key, Collection<Removal> removals) {
    var doubts = removals.stream().filter(Doubt.class::isInstance).map(Doubt.class::cast).toList();
    if (!doubts.isEmpty()) {
      held.note(key, doubts);
    }
    return photos.bury(key, proved(removals));
  }

  /**
   * Decides, at the end of a run, about all that came to be in doubt: a large part of a gallery
   * comes in many pages, and must not go in parts.
   *
   * @return what was done; more may be undecided when it is as much as {@code atMost}
   */
  public Tally decide(EventKey key, int atMost) {
    return tooMany(key)
        ? Tally.held(held.keep(key))
        : photos.bury(key, held.undecided(key, atMost));
  }

  /** Some of the photos that are kept and whose removal somebody has accepted. */
  public List<HeldPhoto> accepted(EventKey key, int atMost) {
    return held.accepted(key, atMost);
  }

  /**
   * Removes accepted photos, now that they were asked for once more. What is not gone is kept.
   *
   * @param gone those that still seem to be gone, or are for certain
   */
  public Tally removeAccepted(
      EventKey key, Collection<HeldPhoto> accepted, Collection<Removal> gone) {
    var tombstones = proved(gone);
    gone.stream()
        .filter(Doubt.class::isInstance)
        .forEach(d -> tombstones.add(new Tombstone(d.fileId(), null, ACCEPTED)));
    var left = accepted.stream().map(HeldPhoto::driveFileId).collect(Collectors.toSet());
    gone.forEach(g -> left.remove(g.fileId()));
    var removed = photos.bury(key, tombstones);
    held.keepAnew(key, left);
    return removed;
  }

  /**
   * Whether a folder is or was the event's: one above which we may not see has left the tree, and
   * is no place outside all the same.
   *
   * @param known whether it is now
   */
  public Predicate<String> ours(EventKey key, Predicate<String> known) {
    // Most changes put nothing in doubt.
    var tops = SingletonSupplier.of(() -> held.tops(key));
    return folder -> known.test(folder) || tops.obtain().contains(folder);
  }

  /** A few of the photos that are kept, another few each time. */
  public List<HeldPhoto> anyFewHeld(EventKey key, int atMost) {
    return held.anyFew(key, atMost);
  }

  /** They were asked for again in vain. */
  public void lookLater(EventKey key) {
    held.lookLater(key);
  }

  private static List<Tombstone> proved(Collection<Removal> removals) {
    return removals.stream()
        .filter(Proof.class::isInstance)
        .map(Proof.class::cast)
        .map(p -> new Tombstone(p.fileId(), p.version(), p.reason()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Counted over a day, so that a gallery does not empty in many small steps. */
  private boolean tooMany(EventKey key) {
    return jdbc.sql(
            """
            select s.photo_count,
                   (select count(*) from held_removal h where h.event_id = s.event_id and h.folder_epoch = :epoch) as doubtful,
                   (select count(*) from photo p
                     where p.event_id = s.event_id and p.folder_epoch = :epoch and p.removed_reason = any (:doubts)
                       and p.removed_at > clock_timestamp() - make_interval(secs => :within)) as removed
              from event_sync s where s.event_id = :event
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("doubts", Stream.of(Doubt.Of.values()).map(Enum::name).toArray(String[]::new))
        .param("within", limits.within().toSeconds())
        .query((row, n) -> {
          long removed = row.getLong("removed");
          return limits.holds(
              removed + row.getLong("doubtful"), removed + row.getLong("photo_count"));
        })
        .single();
  }
}
