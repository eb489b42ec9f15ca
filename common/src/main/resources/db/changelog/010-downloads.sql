--liquibase formatted sql

--changeset drivelens:download-selection
--comment Written by the API: what a download link gives, as it was when the link was made.
create table download_selection (
  id           uuid primary key default uuidv7(),
  event_id     uuid not null references event (id) on delete cascade,
  folder_epoch integer not null,
  token_hash   bytea not null unique,
  photo_count  integer not null,
  created_at   timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  missing      jsonb
);
create index download_selection_of_event on download_selection (event_id, id desc);
create index download_selection_expiry on download_selection (expires_at);
comment on column download_selection.token_hash is 'SHA-256 of the token; the token itself is told once and never stored.';
comment on column download_selection.folder_epoch is 'The link ends with the folder: another folder of the event is another gallery.';
comment on column download_selection.missing is 'Reasons by number, as they were found when a download last began; null before. A download that is resumed has the same ones.';

create table download_item (
  selection_id  uuid not null references download_selection (id) on delete cascade,
  number        integer not null,
  photo_id      uuid not null,
  drive_file_id text not null,
  resource_key  text,
  name          text not null,
  folder_path   jsonb not null,
  mime_type     text not null,
  file_size     bigint,
  md5           text,
  taken_at      timestamp,
  crc           bigint,
  refused       text,
  refused_at    timestamptz,
  primary key (selection_id, number)
);
comment on column download_item.crc is 'CRC-32 of the content, known once it was streamed to its end.';
comment on column download_item.refused is 'Drive showed the file but did not give its bytes; believed for an hour.';
