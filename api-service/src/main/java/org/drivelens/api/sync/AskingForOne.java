package org.drivelens.api.sync;

import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Asks for the sync of one event, for pages of other features. */
@Component
public final class AskingForOne {

  private final SyncAsking asking;
  private final SyncViews views;

  AskingForOne(SyncAsking asking, SyncViews views) {
    this.asking = asking;
    this.views = views;
  }

  /** Whether there is such an event, and it was not deleted. */
  public boolean exists(EventId event) {
    return asking.exists(event);
  }

  /**
   * As {@code POST /events/{id}/sync} without a body.
   *
   * @throws ApiProblem if there is no such event, or it has no folder
   */
  public ResponseEntity<SyncAccepted> ask(EventId event) {
    asking.one(event, false);
    return SyncAccepted.answer(event, views.status(event).syncStatus());
  }
}
