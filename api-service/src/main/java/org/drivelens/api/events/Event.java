package org.drivelens.api.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** What people said about an event. How it stands to its folder is kept apart from it. */
@Table("event")
record Event(
    @Id @Nullable UUID id,
    String name,
    @Nullable String googleDriveUrl,
    @Nullable String folderId,
    @Nullable String resourceKey,
    @Nullable LocalDate eventDate,
    @Nullable String location,
    @Nullable String description,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** The database gives it an id. */
  static Event created(EventInput input, Instant now) {
    var folder = input.folder();
    return new Event(
        null,
        Objects.requireNonNull(input.name()),
        input.googleDriveUrl() == null ? null : input.googleDriveUrl().strip(),
        folder == null ? null : folder.folderId(),
        folder == null ? null : folder.resourceKey(),
        input.date(),
        input.location(),
        input.description(),
        now,
        now,
        null);
  }

  EventId eventId() {
    return new EventId(Objects.requireNonNull(id));
  }

  EventInput input() {
    return new EventInput(name, googleDriveUrl, eventDate, location, description);
  }

  Event edited(EventInput input, Instant now) {
    var next = created(input, now);
    // Another link to the same folder that lacks its key does not take the key away.
    var key =
        next.resourceKey == null && Objects.equals(next.folderId, folderId)
            ? resourceKey
            : next.resourceKey;
    return new Event(
        id,
        next.name,
        next.googleDriveUrl,
        next.folderId,
        key,
        next.eventDate,
        next.location,
        next.description,
        createdAt,
        now,
        deletedAt);
  }

  Event deleted(Instant now) {
    return new Event(
        id,
        name,
        googleDriveUrl,
        folderId,
        resourceKey,
        eventDate,
        location,
        description,
        createdAt,
        updatedAt,
        now);
  }

  boolean sameFolderAs(Event other) {
    return Objects.equals(folderId, other.folderId)
        && Objects.equals(resourceKey, other.resourceKey);
  }
}
