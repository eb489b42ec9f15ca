package org.drivelens.worker.photos;

/**
 * The statements that change photos. What they change and what they tell of it is one statement, so
 * that the history never says less or more than what happened. Of a first sync nothing is told.
 */
final class PhotoStatements {

  /**
   * The files of a page. Their number is hidden from the planner ({@code select}), or it would plan
   * each page anew, which costs more than a page of one file.
   */
  private static final String FILES =
      """
      from unnest((select :ids::text[]), :parents::text[], :versions::bigint[], :names::text[], :mimes::text[],
                  :sizes::bigint[], :widths::int[], :heights::int[], :rotations::int[], :takens::text[],
                  :cameras::text[], :md5s::text[], :keys::text[], :targets::text[])
           as f(id, parent, version, name, mime, size, width, height, rotation, taken, camera, md5, key, target)
      """
          .strip();

  /**
   * Adds or replaces the photos of a page; writes nothing where nothing changed. What we hold is
   * looked up file by file ({@code offset 0} keeps it so): joined with all photos of the event,
   * each page would cost more than the one before.
   */
  static final String PUT =
      """
      with page as (
        select f.*
          %s
          left join lateral (select * from photo
                              where event_id = :event and folder_epoch = :epoch and drive_file_id = f.id offset 0) as p on true
         where p.id is null
            or (p.version <= f.version
                and (p.version, p.parent_id, p.name, p.mime_type, p.file_size, p.width, p.height, p.rotation, p.taken_at,
                     p.camera, p.md5, p.resource_key, p.target_file_id, p.removed_at is null)
                    is distinct from (f.version, f.parent, f.name, f.mime, f.size, f.width, f.height, f.rotation,
                     f.taken::timestamp, f.camera, f.md5, f.key, f.target, true))),
      put as (
        insert into photo as p (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type,
               file_size, width, height, rotation, taken_at, camera, md5, resource_key, target_file_id, metadata_due_at)
        select :event, :epoch, f.id, f.parent, f.version, f.name, f.mime, f.size, f.width, f.height,
               f.rotation, f.taken::timestamp, f.camera, f.md5, f.key, f.target,
               case when f.width is null then clock_timestamp() + interval '1 minute' end
          from page f
        on conflict (event_id, folder_epoch, drive_file_id) do update
           set parent_id = excluded.parent_id, version = excluded.version, name = excluded.name,
               mime_type = excluded.mime_type, file_size = excluded.file_size, width = excluded.width,
               height = excluded.height, rotation = excluded.rotation, taken_at = excluded.taken_at,
               camera = excluded.camera, md5 = excluded.md5, resource_key = excluded.resource_key,
               target_file_id = excluded.target_file_id, removed_at = null, removed_reason = null,
               metadata_asked = case when p.md5 is not distinct from excluded.md5 then p.metadata_asked else 0 end,
               metadata_due_at = case when excluded.width is null and p.metadata_asked = 0 then excluded.metadata_due_at
                                      when excluded.width is null then p.metadata_due_at end,
               updated_at = case when (p.parent_id, p.name, p.mime_type, p.file_size, p.width, p.height, p.rotation,
                                       p.taken_at, p.camera, p.md5, p.removed_at is null)
                        is distinct from (excluded.parent_id, excluded.name, excluded.mime_type, excluded.file_size,
                                       excluded.width, excluded.height, excluded.rotation, excluded.taken_at,
                                       excluded.camera, excluded.md5, true)
                   then clock_timestamp() else p.updated_at end
         where p.version <= excluded.version
        returning new.id, case when old.removed_at is null and old.version < new.version then old.parent_id end as left_folder,
                  old.id is null as appeared, old.removed_at is not null as returned,
                  old.id is null or old.removed_at is not null as added,
                  old.parent_id is distinct from new.parent_id as moved,
                  old.updated_at is distinct from new.updated_at as touched,
                  case when old.id is not null then (
                    select jsonb_object_agg(c.field, jsonb_build_array(c.was, c.became))
                      from (values ('name', old.name, new.name), ('folder', old.parent_id, new.parent_id),
                                   ('mimeType', old.mime_type, new.mime_type), ('fileSize', old.file_size::text, new.file_size::text),
                                   ('width', old.width::text, new.width::text), ('height', old.height::text, new.height::text),
                                   ('rotation', old.rotation::text, new.rotation::text),
                                   ('takenAt', old.taken_at::text, new.taken_at::text), ('camera', old.camera, new.camera),
                                   ('md5', old.md5, new.md5)) as c(field, was, became)
                     where c.was is distinct from c.became) end as changes),
      told as (
        insert into photo_history (event_id, folder_epoch, photo_id, kind, changes, run_id)
        select :event, :epoch, put.id, case when appeared then 'APPEARED' when returned then 'RETURNED'
                                            when moved then 'MOVED' else 'CHANGED' end, put.changes, s.run_id
          from put join event_sync s on s.event_id = :event and s.last_full_walk_at is not null
         where added or touched),
      shifted as (
      %s)
      select count(*) filter (where added) as added,
             count(*) filter (where not added and touched and not moved) as updated,
             count(*) filter (where not added and moved) as moved,
             0 as removed, 0 as held
        from put
      """
          .formatted(
              FILES,
              PagedListings.LIST_AGAIN.formatted(
                  "select left_folder from put where left_folder is not null"));

  /**
   * Adds photos that nothing is held of, which costs a fifth less than to look for each; fails if
   * one of them is there, be it as a tombstone.
   */
  static final String ADD =
      """
      insert into photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type,
             file_size, width, height, rotation, taken_at, camera, md5, resource_key, target_file_id, metadata_due_at)
      select :event, :epoch, f.id, f.parent, f.version, f.name, f.mime, f.size, f.width, f.height,
             f.rotation, f.taken::timestamp, f.camera, f.md5, f.key, f.target,
             case when f.width is null then clock_timestamp() + interval '1 minute' end
        %s
      """
          .formatted(FILES);

  /** Turns photos into tombstones. */
  static final String BURY =
      """
      with gone as (
        update photo p
           set removed_at = clock_timestamp(), updated_at = clock_timestamp(), removed_reason = r.reason,
               version = greatest(p.version, r.version), metadata_due_at = null
          from unnest(:ids::text[], :versions::bigint[], :reasons::text[]) as r(id, version, reason)
         where p.event_id = :event and p.folder_epoch = :epoch and p.drive_file_id = r.id
           and p.removed_at is null and (r.version is null or p.version <= r.version)
        returning p.id, p.parent_id, r.reason),
      told as (
        insert into photo_history (event_id, folder_epoch, photo_id, kind, reason, run_id)
        select :event, :epoch, gone.id, 'REMOVED', gone.reason, s.run_id
          from gone join event_sync s on s.event_id = :event and s.last_full_walk_at is not null),
      shifted as (
      %s)
      select count(*) from gone
      """
          .formatted(PagedListings.LIST_AGAIN.formatted("select parent_id from gone"));

  private PhotoStatements() {}
}
