--liquibase formatted sql

--changeset drivelens:event
--comment Written by the API alone.
create table event (
  id               uuid primary key default uuidv7(),
  name             text not null,
  google_drive_url text,
  folder_id        text,
  resource_key     text,
  event_date       date,
  location         text,
  description      text,
  created_at       timestamptz not null default clock_timestamp(),
  updated_at       timestamptz not null default clock_timestamp(),
  deleted_at       timestamptz
);
comment on column event.deleted_at is 'Gone from every answer from then on; the row is dropped when the worker has purged its photos.';

--changeset drivelens:event-sync
--comment One row per event: what was asked (SyncRequests writes) and how far the worker is (the worker writes).
create table event_sync (
  event_id             uuid primary key references event (id) on delete cascade,

  -- Written by SyncRequests alone.
  folder_id            text,
  resource_key         text,
  folder_epoch         integer not null default 0,
  requested_generation bigint not null default 0,
  full_generation      bigint not null default 0,
  requested_at         timestamptz,
  requested_trigger    text,
  requested_urgent     boolean not null default false,
  marked_at            timestamptz,

  -- Both: SyncRequests brings it nearer, the worker recomputes it at the end of a slice.
  wake_at              timestamptz,
  -- Both: bumped by every claim, and by startOver, which makes whoever syncs the old folder harmless.
  fence                bigint not null default 0,

  -- Written by the worker alone. They speak of the folder of cleared_epoch; the view hides them until that is folder_epoch.
  cleared_epoch        integer not null default 0,
  lease_fence          bigint not null default 0,
  lease_until          timestamptz,
  lease_owner          text,
  tried_generation     bigint not null default 0,
  attempts             integer not null default 0,
  next_attempt_at      timestamptz,
  error_code           text,
  error_message        text,
  error_since          timestamptz,
  error_final          boolean not null default false,
  synced_generation    bigint not null default 0,
  walked_generation    bigint not null default 0,
  feed_id              uuid,
  feed_epoch           integer,
  position             bigint,
  change_token         text,
  dirty                boolean not null default false,
  walk_wanted          boolean not null default false,
  awaits_as_of         timestamptz,
  run_id               uuid,
  last_synced_at       timestamptz,
  last_full_walk_at    timestamptz,
  photo_count          integer not null default 0,
  skipped_files        integer not null default 0,
  unreadable_folders   integer not null default 0
);
comment on column event_sync.full_generation is 'The newest requested generation that asked for a full sync.';
comment on column event_sync.requested_urgent is 'A person waits: the request goes to the interactive queue.';
comment on column event_sync.wake_at is 'The earliest moment at which anything is due for this event; read by the sweep.';
comment on column event_sync.lease_fence is 'The lease is live while lease_until lies ahead and this equals fence.';
comment on column event_sync.tried_generation is 'requested_generation at the last claim: attempts, waits and errors speak of it, so a newer request voids them.';
comment on column event_sync.position is 'Sequence number in drive_change up to which the event stands; null while it is clean, that is, at head.';
comment on column event_sync.feed_epoch is 'Epoch of the feed in which the last full walk was promoted; null before the first.';
comment on column event_sync.awaits_as_of is 'Waits for a poll that was asked for after this moment; the poll wakes it.';
comment on column event_sync.error_since is 'The first failure since the last success: waits between attempts grow with its age.';

create index event_sync_awaiting on event_sync (feed_id) where awaits_as_of is not null;
create index event_sync_wake on event_sync (wake_at) where wake_at is not null;
create index event_sync_feed_unanswered on event_sync (feed_id) where requested_generation > synced_generation;
create index event_sync_feed_dirty on event_sync (feed_id) where dirty;

--changeset drivelens:sync-run
--comment Written by the worker: one row per run, kept for the history.
create table sync_run (
  id                   uuid primary key default uuidv7(),
  event_id             uuid not null references event (id) on delete cascade,
  folder_epoch         integer not null,
  generation           bigint not null,
  full_generation      bigint not null,
  requested_at         timestamptz,
  trigger              text not null,
  mode                 text not null,
  status               text not null,
  attempts             integer not null default 1,
  started_at           timestamptz not null default clock_timestamp(),
  finished_at          timestamptz,
  photos_added         integer not null default 0,
  photos_updated       integer not null default 0,
  photos_moved         integer not null default 0,
  photos_removed       integer not null default 0,
  pages_listed         integer not null default 0,
  drive_calls          integer not null default 0,
  quota_units          integer not null default 0,
  error_code           text,
  error_message        text,
  announced_at         timestamptz
);
comment on column sync_run.generation is 'The requested generation that this run answers, read once at its first claim.';
create index sync_run_of_event on sync_run (event_id, id desc);
create index sync_run_finished on sync_run (finished_at);
create index sync_run_unannounced on sync_run (finished_at) where finished_at is not null and announced_at is null;

--changeset drivelens:tick
--comment A scheduled moment is acted on once, however many schedulers announce it.
create table tick (
  name     text not null,
  slot     timestamptz not null,
  taken_at timestamptz not null default clock_timestamp(),
  primary key (name, slot)
);
