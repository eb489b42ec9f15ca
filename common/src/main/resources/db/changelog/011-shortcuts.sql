--liquibase formatted sql

--changeset drivelens:shortcuts
--comment A shortcut to an image is a photo of its own; one to a folder shows what lies in it.
alter table photo add column target_file_id text;
comment on column photo.target_file_id is 'Of a shortcut: the file whose content it shows. drive_file_id is then that of the shortcut.';
create index photo_by_target on photo (target_file_id) where target_file_id is not null and removed_at is null;

alter table event_folder add column shortcut_id text;
comment on column event_folder.shortcut_id is 'The shortcut through which the folder is reached: parent_id and name are then those of the shortcut.';
create index event_folder_by_shortcut on event_folder (shortcut_id) where shortcut_id is not null;

alter table sync_issue add column seen_at timestamptz not null default clock_timestamp();
comment on column sync_issue.seen_at is 'When the trouble was met last: what a full walk did not meet again is over.';
