package org.drivelens.emulator.drive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.Item;

/** What a viewer may do; the same for every file, and for every folder of a kind. */
final class Capabilities {

  private static final Map<String, Object> FILE =
      only(Set.of("canCopy", "canDownload", "canReadRevisions"));
  private static final Map<String, Object> FOLDER = only(Set.of("canDownload", "canListChildren"));
  private static final Map<String, Object> LIMITED_FOLDER = only(Set.of());

  /** Of a shared drive whose content a member may view. */
  static final Map<String, Object> OF_DRIVE =
      Map.of(
          "canDownload", true,
          "canListChildren", true,
          "canReadRevisions", true,
          "canEdit", false,
          "canShare", false,
          "canTrashChildren", false);

  private Capabilities() {}

  static Map<String, Object> of(Item item) {
    if (!item.isFolder()) {
      return FILE;
    }
    return item.listable() ? FOLDER : LIMITED_FOLDER;
  }

  private static Map<String, Object> only(Set<String> allowed) {
    var all = new LinkedHashMap<String, Object>();
    Resource.CAPABILITIES.names().forEach(name -> all.put(name, allowed.contains(name)));
    return all;
  }
}
