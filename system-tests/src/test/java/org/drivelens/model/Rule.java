package org.drivelens.model;

import java.util.Set;

/**
 * The rules of syncing. Each can be switched off; then some schedule ends in a gallery that is not
 * its folder, in one that never comes to rest, or in a removal that nothing proved. Where each
 * lives in the code: {@code docs/sync-rules.md}.
 */
enum Rule {
  // Who may write.
  FENCE("A claim raises the fence, and every write is made under it.", Weather.prompt(), 1),
  LEASE_RENEWED(
      "A lease is renewed by a thread of its own, also while a call waits for quota.",
      Weather.calm(),
      2),
  ATTEMPT_GIVEN_BACK(
      "A claim that ends in known trouble, or waits, gives its attempt back.",
      Weather.usual(),
      110),
  SWEEP("Whatever is due and not held is published again.", Weather.usual(), 1),
  GENERATION_OF_THE_RUN(
      "The request that a run answers is read once, at its first claim.", Weather.prompt(), 198),

  // Reading the feed.
  FEED_OF_ITS_DRIVE(
      "An event follows the change log of the drive in which its folder lies.", Weather.calm(), 1),
  COMPARE_AND_SET(
      "A page is stored only if the token is still the one that was asked.", Weather.usual(), 1),
  AS_OF_BEFORE_THE_CALL(
      "The log is as old as the moment before the call.", Weather.crowdedAndPrompt(), 198),
  NEW_EPOCH_WALKS(
      "A rejected token begins a new epoch: every event walks again.", Weather.usual(), 4),

  // Applying the feed.
  VERSION_GUARD("An older version of a photo never overwrites a newer one.", Weather.calm(), 577),
  FOLDER_VERSION_GUARD("An entry of a folder that is older than what we hold is dropped."),
  FOLDERS_TOGETHER("Folder entries come first and together, as one new tree."),
  NEWER_FOLDER_LISTED_AGAIN(
      "A folder newer than when it was listed is listed again, with all below.",
      Weather.calm(),
      55),
  CLIMBED_IS_WALKED("What a climb finds inside is listed, not just inserted.", Weather.calm(), 119),
  REMOVED_IS_ASKED("A removed entry is settled by asking for the item.", Weather.prompt(), 167),
  IMPLIED_TRASH_IS_ASKED(
      "A trash flag that is only inherited is settled by asking.", Weather.prompt(), 311),
  FOLDER_MUST_ANSWER(
      "Nothing is removed unless the event's own folder answers.",
      Weather.usualWith(Weather.ROOTS_TRASHED),
      2),
  DEPARTED_IS_ASKED("What lay in a departed folder is asked for, one by one.", Weather.calm(), 370),
  OUTSIDE_IS_ASKED(
      "That a photo lies outside is settled by a climb that asks Drive alone.",
      Weather.calm(),
      767),
  ANCESTORS("A change above the event's own folder asks for a walk.", Weather.usual(), 1),
  LAST_LOOK("A run looks once more for entries before it ends.", Weather.calm(), 1),
  LOG_CLOSED_AT_THE_END("It does so with the log closed.", Weather.calm(), 29),

  // Walking.
  POSITION_BEFORE_THE_WALK(
      "A walk begins at the head of before its first listing.", Weather.usual(), 5),
  POLL_AFTER_LAST_PAGE(
      "A walk ends with a poll that was asked for after its last page.", Weather.prompt(), 3804),
  ABSENCE_IS_ASKED("Absence from a listing is doubt: the photo is asked for.", Weather.calm(), 11),
  KNOWN_MEANS_LISTED(
      "While a walk is open, a folder is known only if this walk listed it.", Weather.prompt(), 1),
  NEWER_ON_A_PAGE("A page that shows a folder newer than when it was listed reopens all below it."),
  LISTED_AGAIN_REPLACES(
      "Listing a folder again replaces what was seen in it.", Weather.usual(), 118),
  END_BEGINS_AGAIN(
      "If the end of a walk opens new folders, they are listed first.", Weather.calm(), 3),
  LONE_ASK(
      "In a group, a folder with fewer photos than we hold is asked for alone.",
      Weather.calm(),
      30),
  PARTS_END_LIKE_WALKS(
      "A walk of parts ends by asking for what it did not show.", Weather.calm(), 2),
  PARENTS_SHOW_FIRST(
      "Of folders to be listed again only the highest are; they show what lies below.",
      Weather.usualWith(Weather.HIDING_FOLDERS),
      3194),
  WAY_UP_IS_LISTED(
      "If a folder has left with a walk of parts, what lies below it is climbed anew."),
  SHORTCUTS_WALK("A shortcut that comes, goes or moves asks for a walk.", Weather.usual(), 2),

  // What the feed does not tell.
  MOVING_PAGES(
      "A listing of several pages is repeated if something shown by it left or moved.",
      Weather.usualWith(Weather.OFFSET_PAGES),
      141),
  LISTED_LATER(
      "Folders that came back are listed again once flags have settled.",
      Weather.usualWith(Weather.LATE_FLAGS),
      2),
  DAILY_WALK(
      "Every event is walked from time to time.", Weather.usualWith(Weather.UNSEEN_ANCESTOR), 62),
  ERRORS_TRIED_AGAIN(
      "An event in ERROR is tried again by the schedule.",
      Weather.usualWith(Weather.UNSEEN_ANCESTOR),
      21),

  // Removals.
  HIDING_IS_INSIDE(
      "A folder that hides its photos keeps them only while it lies inside.",
      Weather.calmWith(Weather.HIDING_FOLDERS),
      22),
  UNLISTED_IS_ASKED(
      "What we hold in a folder that may not be listed is asked for by the end of a full walk."),
  INCOMPLETE_LISTED_AGAIN(
      "A folder that refuses, or in which Drive did not look everywhere, is listed again.",
      Weather.usualWith(Weather.INCOMPLETE_LISTINGS),
      7),
  BRAKE("Many doubtful removals are held until somebody accepts them.", Weather.usual(), 1),
  HELD_IS_KEPT("What is held stays noted until it is accepted or seen again.", Weather.usual(), 1);

  final String sentence;

  /** The weather in which its absence shows. */
  @SuppressWarnings("ImmutableEnumChecker") // It is a copy that cannot be changed.
  final Set<Weather> weather;

  /** The first schedule in which it does, looked for from here on when the model changes; or 0. */
  final long seed;

  /** A rule whose absence other rules make good, as far as is known: it spares calls, or doubt. */
  Rule(String sentence) {
    this(sentence, Weather.crowded(), 0);
  }

  Rule(String sentence, Set<Weather> weather, long seed) {
    this.sentence = sentence;
    this.weather = Set.copyOf(weather);
    this.seed = seed;
  }

  boolean isKnownToBeNeeded() {
    return seed > 0;
  }
}
