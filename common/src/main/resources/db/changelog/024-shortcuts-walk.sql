--liquibase formatted sql

--changeset drivelens:event-shortcut
--comment Shortcuts to folders, what they lead to and all above that, each in the version that the last walk saw: a newer one asks for a walk.
create table event_shortcut (
  event_id     uuid not null references event (id) on delete cascade,
  folder_epoch integer not null,
  item_id      text not null,
  -- 0 where we could not see the item.
  version      bigint not null,
  -- Of a shortcut itself: the folder of the event in which it lies.
  parent_id    text,
  primary key (event_id, folder_epoch, item_id)
);
create index event_shortcut_by_item on event_shortcut (item_id);
