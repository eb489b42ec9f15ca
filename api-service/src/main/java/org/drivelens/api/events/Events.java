package org.drivelens.api.events;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The events as people edit them. */
interface Events extends Repository<Event, UUID> {

  Event save(Event event);

  /**
   * Locks the event for an edit. Not FOR UPDATE: a worker that holds the row of {@code event_sync}
   * may be inserting photos, which looks at the key of the event; we lock in the other order, and
   * would wait for each other.
   */
  @Query("select * from event where id = :id and deleted_at is null for no key update")
  Optional<Event> lock(UUID id);
}
