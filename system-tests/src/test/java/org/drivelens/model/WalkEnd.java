package org.drivelens.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.model.Actor.Wait;
import org.drivelens.model.Asking.End;
import org.drivelens.model.Event.Photo;
import org.drivelens.model.Event.Walk;
import org.jspecify.annotations.Nullable;

/** Ends a walk: asks for what it did not show, removes what is gone, and promotes it. */
final class WalkEnd {

  private final Worker worker;
  private final World world;
  private final Event event;
  private final Walk walk;

  WalkEnd(Worker worker, Event event, Walk walk) {
    this.worker = worker;
    this.world = worker.world;
    this.event = event;
    this.walk = walk;
  }

  void full() {
    var gone = settle(event.photos);
    if (gone == null || isOutdated()) {
      return;
    }
    if (world.keeps(Rule.SHORTCUTS_WALK) && event.missesShortcuts(walk)) {
      event.walk = null;
      event.walkWanted = true;
      return;
    }
    worker.remove(event, gone);
    event.folders.keySet().removeIf(f -> !walk.listed.contains(f) && !f.equals(event.root));
    event.position = walk.position;
    event.fullWalked = walk.generation;
    event.epoch = world.keeps(Rule.NEW_EPOCH_WALKS) ? walk.epoch : event.feed.epoch;
    event.dirty = true;
    event.walk = null;
    event.attempts = 0;
    worker.listLater(event, walk);
    world.note(() -> event.id + " is walked, from " + walk.position);
  }

  private boolean isOutdated() {
    return world.keeps(Rule.NEW_EPOCH_WALKS) && walk.epoch != event.feed.epoch;
  }

  void ofParts() {
    if (world.keeps(Rule.WAY_UP_IS_LISTED) && !placeCutOff()) {
      return;
    }
    var inside = new LinkedHashMap<String, Photo>();
    event.photos.forEach((id, p) -> {
      if (isInParts(p.parent())) {
        inside.put(id, p);
      }
    });
    if (world.keeps(Rule.PARTS_END_LIKE_WALKS)) {
      var gone = settle(inside);
      if (gone == null) {
        return;
      }
      worker.remove(event, gone);
    }
    var left = event.folders.keySet().stream().filter(this::hasLeft).toList();
    if (world.keeps(Rule.SHORTCUTS_WALK)) {
      event.walkWanted |= event.missesShortcuts(walk);
      event.walkWanted |= left.stream().anyMatch(f -> event.movesShortcuts(f, null));
    }
    left.forEach(event.folders::remove);
    event.walk = null;
    event.attempts = 0;
    worker.listLater(event, walk);
    world.note(() -> event.id + " has listed parts " + walk.tops);
  }

  private boolean hasLeft(String folder) {
    return isInParts(folder)
        && !walk.listed.contains(folder)
        && !walk.tops.contains(folder)
        && !event.isTop(folder);
  }

  /**
   * A folder that was listed, while one above it has left, is inside only if Drive says so now.
   *
   * @return whether no folder waits to be listed
   */
  private boolean placeCutOff() {
    var asking = new Asking(worker, event);
    for (var folder : event.folders.keySet().stream().filter(this::isCutOff).toList()) {
      var climbed = asking.climbAsking(folder);
      worker.write(event);
      if (climbed.end() == End.INSIDE) {
        worker.enterFound(event, climbed.path());
      } else {
        walk.listed.remove(folder);
        walk.tops.remove(folder);
      }
    }
    return walk.frontier.isEmpty();
  }

  private boolean isCutOff(String folder) {
    return !event.isTop(folder)
        && !hasLeft(folder)
        && event.folders.keySet().stream().anyMatch(f -> hasLeft(f) && event.isBelow(folder, f));
  }

  private boolean isInParts(@Nullable String folder) {
    return walk.tops.stream().anyMatch(t -> event.isBelow(folder, t));
  }

  /**
   * Asks for the photos that the walk did not show.
   *
   * @return what is gone; null if there are folders to be listed first
   */
  private @Nullable Map<String, End> settle(Map<String, Photo> photos) {
    var asking = new Asking(worker, event);
    asking.requireRoot();
    var gone = new LinkedHashMap<String, End>();
    for (var entry : List.copyOf(photos.entrySet())) {
      var id = entry.getKey();
      if (isSeen(id, entry.getValue())) {
        continue;
      }
      if (!world.keeps(Rule.ABSENCE_IS_ASKED)) {
        gone.put(id, End.OUTSIDE);
        continue;
      }
      var file = asking.get(id);
      if (file == null && asking.isHiding(entry.getValue().parent())) {
        continue;
      }
      if (file == null || file.trashed()) {
        gone.put(id, file == null ? End.GONE : End.TRASHED);
        continue;
      }
      var climbed =
          walk.full
              ? asking.climb(file.parent(), Map.of(), true, false)
              : asking.climbAsking(file.parent());
      if (climbed.end() == End.INSIDE) {
        worker.write(event);
        worker.put(event, file);
        walk.seen.add(id);
        worker.enterFound(event, climbed.path());
      } else {
        gone.put(id, climbed.end());
      }
    }
    worker.await(Wait.DATABASE);
    worker.write(event);
    return event.walk == walk && worker.isDone(walk) ? gone : null;
  }

  private boolean isSeen(String id, Photo photo) {
    return walk.seen.contains(id)
        && (!world.keeps(Rule.KNOWN_MEANS_LISTED) || walk.listed.contains(photo.parent()));
  }
}
