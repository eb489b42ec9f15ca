package org.drivelens.worker.sync;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.drivelens.worker.sync.EventState.Step;

/** Where the time of one claim went; for one thread. */
final class Phases {

  /** What a run spends its time on, as people read it. */
  enum Phase {
    /** Forgetting the folder that the event followed before. */
    CLEARING,
    /** Listing folders. */
    WALKING,
    /** Applying what the feed says. */
    APPLYING,
    /** Asking for what a walk did not show, and deciding about what seems to be gone. */
    CONFIRMING,
    /** Asking again for image metadata, and for photos that are kept in doubt. */
    LOOKING_AGAIN,
    /** Removing photos whose removal somebody accepted. */
    REMOVING;

    static Phase of(Step step) {
      return switch (step) {
        case CLEAR_OLD_FOLDER -> CLEARING;
        case REMOVE_ACCEPTED -> REMOVING;
        case DROP_WALK, BEGIN_WALK, LIST_FOLDERS, LIST_AGAIN, AWAIT_POLL -> WALKING;
        case CATCH_UP_WALK, APPLY_CHANGES_OR_FINISH -> APPLYING;
        case END_WALK, END_SUBTREE, DECIDE_DOUBTS -> CONFIRMING;
        case ASK_METADATA, LOOK_FOR_HELD -> LOOKING_AGAIN;
      };
    }
  }

  /** In nanoseconds of {@link System#nanoTime}. */
  record Spent(long began, long ended, long nanos) {

    Spent plus(Spent later) {
      return new Spent(began, later.ended, nanos + later.nanos);
    }

    /** How long ago that is, in milliseconds. */
    static long ago(long nanoTime) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }
  }

  private final Map<Phase, Spent> spent = new EnumMap<>(Phase.class);

  /** Takes a step and notes the time it took, also when it fails. */
  <T> T during(Step step, Supplier<T> work) {
    var began = System.nanoTime();
    try {
      return work.get();
    } finally {
      var ended = System.nanoTime();
      spent.merge(Phase.of(step), new Spent(began, ended, ended - began), Spent::plus);
    }
  }

  Map<Phase, Spent> spent() {
    return spent;
  }
}
