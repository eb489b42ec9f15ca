--liquibase formatted sql

--changeset drivelens:shortcuts-to-images
--comment What shortcuts to images lead to, and all above that, stands in event_shortcut too: an entry of it asks for a walk.
insert into event_shortcut (event_id, folder_epoch, item_id, version)
select distinct event_id, folder_epoch, target_file_id, 0 from photo where target_file_id is not null and removed_at is null
on conflict do nothing;
drop index photo_by_target;
