--liquibase formatted sql

--changeset drivelens:doubts-of-a-run
--comment What seems to be gone is gathered while a run goes on and decided together at its end, so that a large removal does not go in parts.
alter table held_removal
  alter column held_at drop not null,
  add column undecided boolean not null default false,
  add column asked_at timestamptz not null default clock_timestamp(),
  add column top text;
comment on column held_removal.held_at is 'Null until the run has decided to keep it.';
comment on column held_removal.undecided is 'Asked for in a run that has not decided yet.';
comment on column held_removal.top is 'A folder of the event above it that has no parent we may see, and has left the tree: not a place outside.';

-- Written by the worker alone; follows the rows of held_removal.
alter table event_sync add column doubts_undecided boolean not null default false;
