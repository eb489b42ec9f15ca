--liquibase formatted sql

--changeset drivelens:listing-again
--comment A folder that the feed asked to be listed is listed once more later: the trash flag that a folder hands down lags.
alter table event_folder add column list_again_at timestamptz;
comment on column event_folder.list_again_at is 'When the folder and all below it is to be listed once more; part of wake_at.';
create index event_folder_list_again on event_folder (event_id, list_again_at) where list_again_at is not null;

alter table walk_folder add column again boolean not null default false;
comment on column walk_folder.again is 'This is that second time: it asks for no third.';
