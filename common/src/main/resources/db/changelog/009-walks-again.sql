--liquibase formatted sql

--changeset drivelens:walks-again
--comment The feed may say nothing of what changes: every event is walked again now and then, a new one soon.
alter table event_sync
  add column full_walks integer not null default 0,
  add column full_due_at timestamptz;
comment on column event_sync.full_walks is 'Complete walks of this folder so far.';
comment on column event_sync.full_due_at is 'When the whole folder is to be walked again by itself; part of wake_at.';
