--liquibase formatted sql

--changeset drivelens:photo
--comment Written by the worker. A row belongs to one folder epoch; rows of older epochs are purged.
create table photo (
  event_id        uuid not null references event (id),
  id              uuid not null default uuidv7(),
  folder_epoch    integer not null,
  drive_file_id   text not null,
  parent_id       text not null,
  version         bigint not null,
  name            text not null,
  mime_type       text not null,
  file_size       bigint,
  width           integer,
  height          integer,
  rotation        integer,
  taken_at        timestamp,
  camera          text,
  md5             text,
  resource_key    text,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp(),
  removed_at      timestamptz,
  removed_reason  text,
  metadata_asked  smallint not null default 0,
  metadata_due_at timestamptz,
  -- Ids are UUIDv7, so this is the order of creation too.
  primary key (event_id, id),
  unique (event_id, folder_epoch, drive_file_id)
);
comment on column photo.parent_id is 'Drive id of the folder that holds it: a row of event_folder.';
comment on column photo.removed_at is 'A tombstone: kept so that a photo which returns keeps its id.';
comment on column photo.metadata_due_at is 'Google had no image metadata yet: when to ask again.';

create index photo_by_taken_at on photo (event_id, folder_epoch, taken_at, id) where removed_at is null;
-- A name may be longer than an index entry.
create index photo_by_name on photo (event_id, folder_epoch, (left(name, 100)), id) where removed_at is null;
create index photo_by_folder on photo (event_id, folder_epoch, parent_id) where removed_at is null;
create index photo_by_drive_file on photo (drive_file_id) where removed_at is null;
create index photo_metadata_due on photo (metadata_due_at) where metadata_due_at is not null;

--changeset drivelens:event-folder
--comment The tree below the event's folder (its root has no parent here), and the folders above it. Written by the worker; the root by SyncRequests.
create table event_folder (
  event_id     uuid not null references event (id),
  folder_epoch integer not null,
  folder_id    text not null,
  parent_id    text,
  name         text not null default '',
  resource_key text,
  version      bigint not null default 0,
  primary key (event_id, folder_epoch, folder_id)
);
comment on column event_folder.version is 'Set by the listing of the folder, or by the feed entry that asks for it; never by a climb.';
create index event_folder_by_id on event_folder (folder_id);

create table event_ancestor (
  event_id     uuid not null references event (id),
  folder_epoch integer not null,
  folder_id    text not null,
  version      bigint not null,
  primary key (event_id, folder_epoch, folder_id)
);
create index event_ancestor_by_id on event_ancestor (folder_id);

--changeset drivelens:walk
--comment The walk in progress of an event: its frontier and what each page showed, so that a crash resumes.
create table walk (
  event_id        uuid primary key references event (id) on delete cascade,
  kind            text not null,
  feed_epoch      integer not null,
  position        bigint not null,
  full_generation bigint not null,
  started_at      timestamptz not null default clock_timestamp(),
  last_page_at    timestamptz,
  applied         boolean not null default false
);
comment on column walk.kind is 'FULL: the whole tree. SUBTREE: the folders that the feed asked to be listed.';
comment on column walk.position is 'The local head when the walk began: changes after it are applied at its end.';
comment on column walk.last_page_at is 'When the newest page was asked for: the walk ends only after a poll that was asked for later.';

create table walk_folder (
  event_id   uuid not null references walk (event_id) on delete cascade,
  folder_id  text not null,
  seq        bigint generated always as identity,
  top        boolean not null default false,
  listed_at  timestamptz,
  page_token text,
  pages      integer not null default 0,
  primary key (event_id, folder_id)
);
comment on column walk_folder.listed_at is 'Null while it is in the frontier.';
comment on column walk_folder.page_token is 'Where its listing goes on.';

create table walk_page (
  event_id  uuid not null references walk (event_id) on delete cascade,
  folder_id text not null,
  page      integer not null,
  file_ids  text[] not null,
  primary key (event_id, folder_id, page)
);

--changeset drivelens:sync-issue
--comment What could not be shown, and why. Written by the worker.
create table sync_issue (
  event_id     uuid not null references event (id),
  folder_epoch integer not null,
  item_id      text not null,
  kind         text not null,
  name         text,
  reason       text not null,
  message      text not null,
  since        timestamptz not null default clock_timestamp(),
  primary key (event_id, folder_epoch, item_id)
);
comment on column sync_issue.kind is 'FOLDER: cannot be listed. FILE: an image that cannot be shown.';
