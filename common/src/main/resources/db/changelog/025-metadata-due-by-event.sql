--liquibase formatted sql

--changeset drivelens:metadata-due-by-event
--comment Each claim asks whether metadata of this event is due. While a big first sync has not been analysed yet, PostgreSQL took any index of the event for that and read all its photos.
create index photo_metadata_due_by_event on photo (event_id, folder_epoch, metadata_due_at) where metadata_due_at is not null;
drop index photo_metadata_due;
