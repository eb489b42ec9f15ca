package org.drivelens.worker.photos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one event in memory: who lies in whom, and under which version each was last
 * listed. Changes are collected until they are written. Not thread-safe.
 */
public final class FolderTree {

  /** A folder of the event; the root has no parent here. */
  public record Folder(
      String folderId,
      @Nullable String parentId,
      String name,
      @Nullable String resourceKey,
      @Nullable String driveId,
      @Nullable String shortcutId,
      long version) {

    public static Folder of(DriveFile file) {
      return below(file.parentId(), file);
    }

    /** The event's own folder. */
    public static Folder root(DriveFile file) {
      return below(null, file);
    }

    private static Folder below(@Nullable String parent, DriveFile file) {
      return new Folder(
          file.id(),
          parent,
          file.name(),
          file.resourceKey(),
          file.driveId(),
          file.shortcutId(),
          file.version());
    }

    Folder withVersion(long other) {
      return new Folder(folderId, parentId, name, resourceKey, driveId, shortcutId, other);
    }
  }

  /** Deeper than Drive allows (100 levels): a loop that a half-read move left behind. */
  private static final int DEEPEST = 200;

  private final String root;
  private final Map<String, Folder> folders = new HashMap<>();
  private final Map<String, Folder> changed = new LinkedHashMap<>();
  private final Set<String> dropped = new HashSet<>();

  public FolderTree(String root, Collection<Folder> folders) {
    this.root = root;
    folders.forEach(f -> this.folders.put(f.folderId(), f));
  }

  public boolean has(String id) {
    return folders.containsKey(id);
  }

  public Set<String> ids() {
    return folders.keySet();
  }

  public @Nullable Folder get(String id) {
    return folders.get(id);
  }

  /** The shortcut through which a folder is reached, if it is not in its own place. */
  public @Nullable String shortcutTo(String id) {
    var folder = folders.get(id);
    return folder == null ? null : folder.shortcutId();
  }

  /** The folder that is reached through this shortcut. */
  public Optional<String> behind(String shortcutId) {
    return folders.values().stream()
        .filter(f -> shortcutId.equals(f.shortcutId()))
        .map(Folder::folderId)
        .findFirst();
  }

  /** Adds a folder, or replaces it if this one is newer. */
  public void put(Folder folder) {
    var held = folders.get(folder.folderId());
    if (held == null || held.version() < folder.version() || moved(held, folder)) {
      folders.put(folder.folderId(), folder);
      changed.put(folder.folderId(), folder);
      dropped.remove(folder.folderId());
    }
  }

  /**
   * Notes where a folder lies now without saying that it was listed under this version: a climb
   * looks at folders, it does not list them.
   */
  public void place(DriveFile file) {
    var held = folders.get(file.id());
    var placed = Folder.of(file);
    if (held == null) {
      put(placed);
    } else if (held.version() < file.version() || moved(held, placed)) {
      placed = placed.withVersion(held.version());
      folders.put(file.id(), placed);
      changed.put(file.id(), placed);
    }
  }

  /** From behind a shortcut to its own place, or the other way: no version tells. */
  private static boolean moved(Folder held, Folder placed) {
    return held.version() == placed.version()
        && !Objects.equals(held.shortcutId(), placed.shortcutId());
  }

  public void drop(String id) {
    folders.remove(id);
    changed.remove(id);
    dropped.add(id);
  }

  /** Those of these folders that lie below none of the others. */
  public Set<String> highest(Set<String> of) {
    var highest = new HashSet<>(of);
    highest.removeIf(id -> {
      var above = first(parentOf(id), of);
      return above != null && !above.equals(id);
    });
    return highest;
  }

  /** All folders but the root that are one of these or lie below one of them. */
  public Set<String> below(Set<String> tops) {
    var found = new HashSet<String>();
    if (!tops.isEmpty()) {
      for (var id : folders.keySet()) {
        if (!id.equals(root) && first(id, tops) != null) {
          found.add(id);
        }
      }
    }
    return found;
  }

  /** The first of some folders on the way up from one, itself included; null if none is met. */
  private @Nullable String first(@Nullable String id, Set<String> of) {
    for (int depth = 0; id != null && depth < DEEPEST; depth++) {
      if (of.contains(id)) {
        return id;
      }
      id = parentOf(id);
    }
    return null;
  }

  private @Nullable String parentOf(String id) {
    var folder = folders.get(id);
    return folder == null ? null : folder.parentId();
  }

  public List<Folder> changed() {
    return new ArrayList<>(changed.values());
  }

  public Set<String> dropped() {
    return dropped;
  }
}
