package org.drivelens.worker.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.drivelens.worker.sync.EventState.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run does next, for any state in which a crash may have left the event. */
class EventStateTest {

  private static final Instant NOON = Instant.parse("2026-05-14T12:00:00Z");
  private static final int STATES = 100_000;

  private final Random random = new Random(42);
  private Claim claim;
  private EventState state;

  @BeforeEach
  void any() {
    claim = claim();
    state = state();
  }

  @Test
  void a_run_ends_only_when_nothing_is_left_to_do() {
    check(
        Step.APPLY_CHANGES_OR_FINISH,
        () -> {
          assertThat(state.oldFolder() || claim.folderId() == null).isFalse();
          assertThat(state.removalAccepted()).isFalse();
          assertThat(state.walk()).isNull();
          assertThat(state.frontier()).isFalse();
          assertThat(state.walkWanted() || state.fullAsked() || state.feedRefused()).isFalse();
          assertThat(state.walkedEpoch()).isEqualTo(state.epoch());
          assertThat(state.listAgainDue() || state.metadataDue() || state.heldDue()).isFalse();
          assertThat(state.position() == null || state.position() >= state.floor()).isTrue();
          if (claim.generation() > state.syncedGeneration() && claim.requestedAt() != null) {
            assertThat(state.asOf()).isAfter(claim.requestedAt());
          }
        });
  }

  @Test
  void a_walk_ends_only_when_all_is_listed_and_a_later_poll_is_applied() {
    check(
        Step.END_WALK,
        () -> {
          assertThat(state.walksFully()).isTrue();
          assertThat(state.frontier()).isFalse();
          assertThat(state.walkApplied()).isTrue();
          assertThat(state.walkEpoch()).isEqualTo(state.epoch());
          assertThat(state.walkPosition() == null || state.walkPosition() >= state.floor())
              .isTrue();
          if (state.walkLastPage() != null) {
            assertThat(state.asOf()).isAfter(state.walkLastPage());
          }
        });
  }

  @Test
  void what_changed_meanwhile_is_brought_in_only_from_a_log_that_is_new_enough() {
    check(
        Step.CATCH_UP_WALK,
        () -> {
          assertThat(state.walksFully()).isTrue();
          assertThat(state.frontier() || state.walkApplied()).isFalse();
          if (state.walkLastPage() != null) {
            assertThat(state.asOf()).isAfter(state.walkLastPage());
          }
        });
  }

  @Test
  void a_walk_that_proves_nothing_any_more_is_dropped_whatever_else_is_due() {
    check(Step.DROP_WALK, () -> assertThat(state.walksFully()).isTrue());
    each(() -> {
      var old =
          state.walkEpoch() == null
              || state.walkEpoch() != state.epoch()
              || (state.walkPosition() != null && state.walkPosition() < state.floor());
      if (state.walksFully() && old && !goesFirst()) {
        assertThat(state.next(claim)).isEqualTo(Step.DROP_WALK);
      }
    });
  }

  @Test
  void a_walk_that_is_needed_begins_before_parts_are_listed_and_only_with_a_place_in_the_log() {
    check(
        Step.BEGIN_WALK,
        () -> {
          assertThat(state.walksFully()).isFalse();
          assertThat(state.hasToken() || state.feedRefused()).isTrue();
        });
    each(() -> {
      if (!state.walksFully() && (state.walkWanted() || state.fullAsked()) && !goesFirst()) {
        assertThat(state.next(claim)).isIn(Step.BEGIN_WALK, Step.AWAIT_POLL);
      }
    });
  }

  @Test
  void another_folder_and_an_accepted_removal_go_before_everything() {
    each(() -> {
      var step = state.next(claim);
      if (state.oldFolder() || claim.folderId() == null) {
        assertThat(step).isEqualTo(Step.CLEAR_OLD_FOLDER);
      } else if (state.removalAccepted()) {
        assertThat(step).isEqualTo(Step.REMOVE_ACCEPTED);
      } else {
        assertThat(step).isNotIn(Step.CLEAR_OLD_FOLDER, Step.REMOVE_ACCEPTED);
      }
    });
  }

  @Test
  void parts_end_only_when_all_of_them_are_listed() {
    check(
        Step.END_SUBTREE,
        () -> {
          assertThat(state.walk()).isEqualTo("SUBTREE");
          assertThat(state.frontier()).isFalse();
        });
    check(Step.LIST_FOLDERS, () -> assertThat(state.frontier()).isTrue());
  }

  @Test
  void a_request_is_answered_only_by_a_poll_asked_for_after_it() {
    check(
        Step.AWAIT_POLL,
        () -> {
          if (state.walksFully()) {
            assertThat(state.frontier()).isFalse();
            assertThat(state.walkLastPage()).isNotNull();
            assertThat(state.asOf() == null || !state.asOf().isAfter(state.walkLastPage()))
                .isTrue();
          } else if (state.hasToken() || state.feedRefused()) {
            assertThat(claim.generation()).isGreaterThan(state.syncedGeneration());
            assertThat(claim.requestedAt()).isNotNull();
            assertThat(state.asOf() == null || !state.asOf().isAfter(claim.requestedAt())).isTrue();
          }
        });
  }

  @Test
  void doubts_are_decided_at_the_head_of_the_log_and_before_the_end() {
    check(
        Step.DECIDE_DOUBTS,
        () -> {
          assertThat(state.doubtsUndecided()).isTrue();
          assertThat(state.position()).isNotNull().isGreaterThanOrEqualTo(state.head());
        });
    each(() -> {
      if (state.next(claim) == Step.APPLY_CHANGES_OR_FINISH && state.doubtsUndecided()) {
        assertThat(state.position() == null || state.position() < state.head()).isTrue();
      }
    });
  }

  @Test
  void what_is_due_by_the_clock_is_done_before_the_run_ends_and_one_after_the_other() {
    check(Step.LIST_AGAIN, () -> assertThat(state.listAgainDue()).isTrue());
    check(
        Step.ASK_METADATA,
        () -> {
          assertThat(state.metadataDue()).isTrue();
          assertThat(state.listAgainDue()).isFalse();
        });
    check(
        Step.LOOK_FOR_HELD,
        () -> {
          assertThat(state.heldDue()).isTrue();
          assertThat(state.metadataDue() || state.listAgainDue()).isFalse();
        });
  }

  @Test
  void an_event_that_the_feed_does_not_report_walks_for_every_request() {
    each(() -> {
      if (state.partial()
          && !state.walksFully()
          && !goesFirst()
          && claim.generation() > state.syncedGeneration()
          && claim.generation() > state.walkedGeneration()) {
        assertThat(state.next(claim)).isIn(Step.BEGIN_WALK, Step.AWAIT_POLL);
        if (state.hasToken()) {
          assertThat(state.next(claim)).isEqualTo(Step.BEGIN_WALK);
        }
      }
    });
  }

  @Test
  void a_walk_is_begun_for_a_reason() {
    check(
        Step.BEGIN_WALK,
        () ->
            assertThat(
                    state.walkWanted()
                        || state.fullAsked()
                        || state.feedRefused()
                        || state.walkedEpoch() == null
                        || state.walkedEpoch() != state.epoch()
                        || (state.position() != null && state.position() < state.floor())
                        || (state.partial()
                            && claim.generation() > state.syncedGeneration()
                            && claim.generation() > state.walkedGeneration()))
                .isTrue());
    check(
        Step.DROP_WALK,
        () ->
            assertThat(
                    state.feedRefused()
                        || state.walkEpoch() == null
                        || state.walkEpoch() != state.epoch()
                        || (state.walkPosition() != null && state.walkPosition() < state.floor()))
                .isTrue());
  }

  private boolean goesFirst() {
    return state.oldFolder() || claim.folderId() == null || state.removalAccepted();
  }

  /** Whenever this step comes, the rest holds; and it comes. */
  private void check(Step step, Runnable holds) {
    var times = new int[1];
    each(() -> {
      if (state.next(claim) == step) {
        times[0]++;
        holds.run();
      }
    });
    assertThat(times[0]).as("times of %s", step).isPositive();
  }

  private void each(Runnable looks) {
    for (int n = 0; n < STATES; n++) {
      any();
      looks.run();
    }
  }

  private Claim claim() {
    return new Claim(
        new UUID(1, 1),
        1,
        1,
        rarely() ? null : "folder",
        null,
        new UUID(2, 2),
        random.nextInt(4),
        rarely() ? null : moment(),
        random.nextBoolean(),
        1);
  }

  private EventState state() {
    var walk = new String[] {null, "FULL", "SUBTREE"}[random.nextInt(3)];
    return new EventState(
        rarely(),
        new UUID(3, 3),
        "robot",
        null,
        rarely(),
        null,
        rarely(),
        1 + random.nextInt(2),
        50,
        random.nextInt(20),
        rarely() ? null : moment(),
        !rarely(),
        rarely(),
        rarely() ? null : Integer.valueOf(1 + random.nextInt(2)),
        rarely(),
        rarely(),
        random.nextBoolean(),
        place(),
        random.nextInt(4),
        random.nextInt(4),
        walk,
        walk == null ? null : Integer.valueOf(1 + random.nextInt(2)),
        place(),
        rarely() ? null : moment(),
        random.nextBoolean(),
        walk != null && random.nextBoolean(),
        rarely(),
        rarely(),
        rarely(),
        random.nextBoolean(),
        rarely(),
        10);
  }

  private @Nullable Long place() {
    return random.nextInt(3) == 0 ? null : Long.valueOf(random.nextInt(51));
  }

  private Instant moment() {
    return NOON.plusSeconds(random.nextInt(5));
  }

  private boolean rarely() {
    return random.nextInt(8) == 0;
  }
}
