package org.drivelens.emulator.fault;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Ways in which Drive answers properly and yet not as one would expect (drive-api 2 and 5), each to
 * be switched on by {@link Oddities#on}.
 */
public enum Oddity {
  PARTIAL_GROUPS("partialGroups", "a list of several parents leaves some of them out"),
  EMPTY_GROUPS("emptyGroups", "a list of several parents finds nothing"),
  INCOMPLETE_SEARCH("incompleteSearch", "lists say that they are not complete"),
  SHORT_PAGES("shortPages", "pages of files and changes have any length from 1"),
  EMPTY_PAGES("emptyPages", "an empty page with a token comes before a full one"),
  REPEATED_FILES("repeatedFiles", "a page of files begins with the last one of the page before"),
  COUNTED_PAGES("countedPages", "pages of files count: what vanishes from one shifts the next"),
  REPEATED_CHANGES("repeatedChanges", "changes come twice in a page and again in the next"),
  VIEWED_CHANGES("viewedChanges", "pages of changes end with files about which nothing is new"),
  LATE_FEED("lateFeed", "changes are told seconds late; without seconds not at all"),
  LATE_INSIDE("lateInside", "changes inside shared folders are told seconds late"),
  NEVER_INSIDE("neverInside", "changes inside shared folders are never told"),
  ALL_BELOW("allBelow", "what happens to a folder is told of everything below it too"),
  LATE_BELOW("lateBelow", "what happens to a folder is told of everything below it seconds later"),
  LATE_TRASH("lateTrash", "what lies in a trashed folder is trashed seconds late, or never"),
  LOST_PUSHES("lostPushes", "messages of push channels are not sent"),
  REPEATED_PUSHES("repeatedPushes", "messages of push channels are sent twice"),
  LATE_PUSHES("latePushes", "messages of push channels are sent seconds late"),
  LIST_TOKENS_EXPIRE("listTokensExpire", "a page token of a list is refused, once seconds old"),
  CHANGE_TOKENS_EXPIRE("changeTokensExpire", "a page token of changes is refused");

  private final String wireName;
  private final String what;

  Oddity(String wireName, String what) {
    this.wireName = wireName;
    this.what = what;
  }

  /** As the control API says it. */
  public String wireName() {
    return wireName;
  }

  /** In words. */
  public String what() {
    return what;
  }

  public static Oddity named(String name) {
    return Arrays.stream(values())
        .filter(oddity -> oddity.wireName.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("No oddity " + name + "; there are: " + all()));
  }

  private static String all() {
    return Arrays.stream(values()).map(Oddity::wireName).collect(Collectors.joining(", "));
  }
}
