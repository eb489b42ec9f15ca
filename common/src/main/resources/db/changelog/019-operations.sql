--liquibase formatted sql

--changeset drivelens:sync-pause
--comment What is not to be synced for now, and who said so. Written by the API alone; the workers ask.
create table sync_pause (
  event_id  uuid references event (id) on delete cascade,
  paused_by text not null,
  paused_at timestamptz not null default clock_timestamp(),
  unique nulls not distinct (event_id)
);
comment on column sync_pause.event_id is 'Null: all events.';

--changeset drivelens:worker
--comment Who works. Each worker writes its own row every ten seconds and takes it away when it stops; a row that is old is of one that died.
create table worker (
  name       text primary key,
  started_at timestamptz not null default clock_timestamp(),
  seen_at    timestamptz not null default clock_timestamp()
);
comment on column worker.name is 'As in event_sync.lease_owner.';
