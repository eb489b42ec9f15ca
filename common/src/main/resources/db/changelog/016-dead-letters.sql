--liquibase formatted sql

--changeset drivelens:dead-letter
--comment Messages that nobody could read or handle. Written by the worker, which drains the queues "….dead"; the API discards on demand.
create table dead_letter (
  id            uuid primary key default uuidv7(),
  queue         text not null,
  reason        text not null,
  detail        text not null,
  message_type  text,
  message_id    text,
  event_id      uuid,
  payload       text not null,
  payload_bytes integer not null,
  died_at       timestamptz not null,
  stored_at     timestamptz not null default clock_timestamp(),
  -- A worker that dies before it acknowledges stores the same message again.
  unique (queue, message_id, died_at)
);
comment on column dead_letter.event_id is 'The event that it names, where that could be read; it may not exist.';
comment on column dead_letter.payload is 'The beginning of the message, as printable text.';
create index dead_letter_of_event on dead_letter (event_id) where event_id is not null;
