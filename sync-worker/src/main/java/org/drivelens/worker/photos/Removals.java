package org.drivelens.worker.photos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.drivelens.worker.photos.Removal.Doubt;
import org.drivelens.worker.photos.Removal.Proof;
import org.springframework.jdbc.core.simple.JdbcClient;

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

  /** Removes photos, or keeps them in doubt. Call it before folders are deleted. */
  public Tally apply(EventKey key, Collection<Removal> removals) {
    var proved = new ArrayList<Tombstone>();
    var doubts = new ArrayList<Doubt>();
    for (var removal : removals) {
      switch (removal) {
        case Proof proof ->
            proved.add(new Tombstone(proof.fileId(), proof.version(), proof.reason()));
        case Doubt doubt -> doubts.add(doubt);
      }
    }
    var tally = photos.bury(key, proved);
    if (doubts.isEmpty()) {
      return tally;
    }
    if (tooMany(key, doubts)) {
      return tally.plus(Tally.held(held.hold(key, doubts)));
    }
    return tally.plus(
        photos.bury(
            key, doubts.stream().map(d -> new Tombstone(d.fileId(), null, d.reason())).toList()));
  }

  /**
   * Removes photos that were kept, now that somebody has accepted it.
   *
   * @return what was done; more may be left when it is as much as {@code atMost}
   */
  public Tally removeAccepted(EventKey key, int atMost) {
    return photos.bury(
        key,
        held.accepted(key, atMost).stream().map(id -> new Tombstone(id, null, ACCEPTED)).toList());
  }

  /** A few of the photos that are kept, another few each time. */
  public List<HeldPhoto> anyFewHeld(EventKey key, int atMost) {
    return held.anyFew(key, atMost);
  }

  /** They were asked for again in vain. */
  public void lookLater(EventKey key) {
    held.lookLater(key);
  }

  /** Counted over a day, so that a gallery does not empty in many small steps. */
  private boolean tooMany(EventKey key, List<Doubt> doubts) {
    return jdbc.sql(
            """
            select s.photo_count,
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
              removed + doubts.size() + held.countBut(key, doubts),
              removed + row.getLong("photo_count"));
        })
        .single();
  }
}
