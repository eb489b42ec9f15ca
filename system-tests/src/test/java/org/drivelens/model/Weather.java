package org.drivelens.model;

import java.util.EnumSet;
import java.util.Set;

/** What a schedule may be exposed to. */
enum Weather {
  /** Entries of the change log come late, and in another order than the changes. */
  LATE_FEED,
  /** Entries of items that did not change. */
  SPURIOUS_ENTRIES,
  /** More than one entry of an item. */
  REPEATED_ENTRIES,
  CRASHES,
  /** Processes stop beyond their lease, and go on. */
  FREEZES,
  /** Messages are lost or doubled. */
  LOST_MESSAGES,
  /** Runs hand over before they are done. */
  SLICES,
  REJECTED_TOKENS,
  TRIMMED_LOG,
  /** A listing of several folders leaves out some of them. */
  PARTIAL_GROUPS,
  LOST_ACCESS,
  DELETIONS,
  FOLDERS_TRASHED,
  FOLDERS_MOVED,
  /** Drive refuses some calls, and for a while all of them. */
  BUSY_DRIVE,
  /** Some calls wait for quota, for longer than a lease. */
  QUOTA_WAITS,
  SHARED_DRIVE,
  SHORTCUTS,

  /** Three times as many changes. */
  CROWDED,
  /** The events' own folders go to the trash and come back. */
  ROOTS_TRASHED,
  /** A folder above the events' own, which we may not see, does. */
  UNSEEN_ANCESTOR,
  /** The trash flag that items inherit comes late. */
  LATE_FLAGS,
  /** Pages count: what vanishes from one page shifts the next. */
  OFFSET_PAGES,
  /** Folders are there and hide what lies in them. */
  HIDING_FOLDERS,
  /** Drive does not look everywhere in a folder, and says so. */
  INCOMPLETE_LISTINGS;

  /** What the feed tells in full: every gallery follows without a walk. */
  static Set<Weather> usual() {
    return EnumSet.range(LATE_FEED, SHORTCUTS);
  }

  /** Drive alone: all processes do as they should. */
  static Set<Weather> calm() {
    return EnumSet.of(
        LATE_FEED,
        SPURIOUS_ENTRIES,
        REPEATED_ENTRIES,
        PARTIAL_GROUPS,
        LOST_ACCESS,
        DELETIONS,
        FOLDERS_TRASHED,
        FOLDERS_MOVED,
        SHARED_DRIVE);
  }

  /** A feed that tells at once: then even what a request answers can be judged. */
  static Set<Weather> prompt() {
    return without(usual(), LATE_FEED);
  }

  /** Drive alone, and much going on in it. */
  static Set<Weather> crowded() {
    return with(calm(), CROWDED);
  }

  static Set<Weather> crowdedAndPrompt() {
    return without(crowded(), LATE_FEED);
  }

  static Set<Weather> calmWith(Weather rare) {
    return with(calm(), rare);
  }

  static Set<Weather> usualWith(Weather rare) {
    return with(usual(), rare);
  }

  private static Set<Weather> with(Set<Weather> weather, Weather more) {
    var all = EnumSet.copyOf(weather);
    all.add(more);
    return all;
  }

  private static Set<Weather> without(Set<Weather> weather, Weather less) {
    var rest = EnumSet.copyOf(weather);
    rest.remove(less);
    return rest;
  }
}
