--liquibase formatted sql

--changeset drivelens:paged-listings
--comment Google says that pages may shift while something leaves a folder: what was never touched then stands on none of them.
alter table event_folder
  add column paged_listing bigint,
  add column paged_until timestamptz;
comment on column event_folder.paged_listing is 'The listing of several pages in which it was listed last; folders of one query share it.';
comment on column event_folder.paged_until is 'Until then news of what leaves these folders may be of the time in which they were listed; infinity while they are.';
