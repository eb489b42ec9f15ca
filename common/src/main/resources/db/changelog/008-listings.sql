--liquibase formatted sql

--changeset drivelens:listings
--comment Many folders are listed in one query, and several queries at once.
alter table event_folder add column drive_id text;
comment on column event_folder.drive_id is 'The shared drive it lies in; folders of one drive are listed together.';

create table walk_listing (
  event_id   uuid not null references walk (event_id) on delete cascade,
  number     bigint generated always as identity,
  folders    text[] not null,
  page_token text,
  pages      integer not null default 0,
  incomplete boolean not null default false,
  primary key (event_id, number)
);
comment on table walk_listing is 'A query in progress: its folders, and the place in it.';
comment on column walk_listing.page_token is 'Where it goes on; good for this very query, that is, these folders in this order.';
comment on column walk_listing.incomplete is 'Google said that it did not look everywhere.';

alter table walk_folder
  drop column page_token,
  drop column pages,
  add column listing bigint,
  add column alone boolean not null default false,
  add column hits integer not null default 0,
  add column shown integer not null default 0;
comment on column walk_folder.listing is 'The listing that it is part of now.';
comment on column walk_folder.alone is 'To be listed by itself: a query of many showed nothing of it, or too little.';
comment on column walk_folder.hits is 'How much of anything its listing has shown in it.';
comment on column walk_folder.shown is 'How many images and folders among that.';
