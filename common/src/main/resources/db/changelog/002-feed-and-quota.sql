--liquibase formatted sql

--changeset drivelens:drive-feed
--comment One change log per credential (and, later, one per shared drive), never one per event. Written by the worker.
create table drive_feed (
  id            uuid primary key default uuidv7(),
  credential    text not null,
  drive_id      text,
  token         text,
  epoch         integer not null default 0,
  head          bigint not null default 0,
  floor         bigint not null default 0,
  as_of         timestamptz,
  began_at      timestamptz,
  demanded_at   timestamptz,
  fence         bigint not null default 0,
  lease_until   timestamptz,
  next_attempt_at timestamptz,
  error_since   timestamptz,
  error_code    text,
  error_message text,
  unique nulls not distinct (credential, drive_id)
);
comment on column drive_feed.token is 'Google''s page token from which the next poll asks; null when a new one must be taken, which begins an epoch.';
comment on column drive_feed.head is 'Sequence number of the newest stored entry.';
comment on column drive_feed.floor is 'Entries up to here were trimmed: whoever stands below must walk.';
comment on column drive_feed.as_of is 'Database time before the call that returned the last page: the log holds all that Google reported until then.';
comment on column drive_feed.demanded_at is 'Somebody needs as_of to be newer than this.';

create table drive_change (
  feed_id    uuid not null references drive_feed (id) on delete cascade,
  seq        bigint not null,
  file_id    text not null,
  parent_id  text,
  removed    boolean not null,
  file       jsonb,
  changed_at timestamptz,
  stored_at  timestamptz not null default clock_timestamp(),
  primary key (feed_id, seq)
);
create index drive_change_of_file on drive_change (feed_id, file_id, seq);
create index drive_change_of_parent on drive_change (feed_id, parent_id, seq);
comment on column drive_change.file is 'The file as Google showed it when the page was read; null when removed.';

--changeset drivelens:drive-quota
--comment One row per credential is the bucket of the whole fleet, in quota units.
create table drive_quota (
  credential       text primary key,
  units_per_minute integer not null,
  available        double precision not null default 0,
  refilled_at      timestamptz not null default clock_timestamp()
);
