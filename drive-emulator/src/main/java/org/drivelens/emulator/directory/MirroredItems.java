package org.drivelens.emulator.directory;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All of them by id, place, file and content. Safe for one who changes and many who look. */
final class MirroredItems {

  private final Path root;
  private final String rootId;
  private final Map<String, Mirrored> byId = new HashMap<>();
  private final Map<String, Map<String, String>> places = new HashMap<>();
  private final Map<String, String> byKey = new HashMap<>();
  private final Map<String, Set<String>> byMd5 = new HashMap<>();
  private boolean changed;

  MirroredItems(Path root, Mirrored top) {
    this.root = root;
    this.rootId = top.id();
    put(top);
  }

  synchronized void put(Mirrored item) {
    changed = true;
    Mirrored before = byId.put(item.id(), item);
    if (before != null) {
      unlist(before);
    }
    if (!item.key().isEmpty()) {
      byKey.put(item.key(), item.id());
    }
    if (item.md5() != null) {
      byMd5.computeIfAbsent(item.md5(), md5 -> new LinkedHashSet<>()).add(item.id());
    }
    if (item.parentId() != null) {
      var siblings = places.computeIfAbsent(item.parentId(), id -> new HashMap<>());
      // Of two with one name the one that is there counts.
      if (!item.away() || !siblings.containsKey(item.name())) {
        siblings.put(item.name(), item.id());
      }
    }
  }

  private void unlist(Mirrored item) {
    byKey.remove(item.key(), item.id());
    if (item.md5() != null) {
      byMd5.getOrDefault(item.md5(), new HashSet<>()).remove(item.id());
    }
    if (item.parentId() != null) {
      places.getOrDefault(item.parentId(), new HashMap<>()).remove(item.name(), item.id());
    }
  }

  /** An item that the library does not know any more. */
  synchronized void forget(String id) {
    Mirrored item = byId.remove(id);
    if (item != null) {
      unlist(item);
    }
  }

  /** Since the last time that this was asked. */
  synchronized boolean haveChanged() {
    boolean result = changed;
    changed = false;
    return result;
  }

  synchronized @Nullable Mirrored find(String id) {
    return byId.get(id);
  }

  /** At this place, there or away. */
  synchronized @Nullable Mirrored at(String folderId, String name) {
    String id = places.getOrDefault(folderId, Map.of()).get(name);
    return id == null ? null : byId.get(id);
  }

  /** And not just displaced by another. */
  synchronized boolean isInItsPlace(Mirrored item) {
    return item.parentId() == null
        || item.id().equals(places.getOrDefault(item.parentId(), Map.of()).get(item.name()));
  }

  synchronized @Nullable Mirrored ofKey(String key) {
    String id = byKey.get(key);
    return id == null ? null : byId.get(id);
  }

  synchronized List<Mirrored> ofMd5(String md5) {
    return byMd5.getOrDefault(md5, Set.of()).stream()
        .map(byId::get)
        .filter(Objects::nonNull)
        .map(Mirrored.class::cast)
        .toList();
  }

  synchronized List<Mirrored> in(String folderId) {
    return places.getOrDefault(folderId, Map.of()).values().stream()
        .map(byId::get)
        .filter(Objects::nonNull)
        .map(Mirrored.class::cast)
        .toList();
  }

  synchronized List<Mirrored> all() {
    return List.copyOf(byId.values());
  }

  /** Null if a folder above it is not there. */
  synchronized @Nullable Path path(Mirrored item) {
    if (item.id().equals(rootId)) {
      return root;
    }
    Mirrored parent = item.parentId() == null ? null : byId.get(item.parentId());
    Path above = parent == null || parent.away() ? null : path(parent);
    return above == null ? null : above.resolve(item.leaf());
  }
}
