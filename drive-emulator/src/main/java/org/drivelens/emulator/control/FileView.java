package org.drivelens.emulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.library.Access;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;

/** Items as a person wants to see them. */
final class FileView {

  private static final int MOST = 5_000;

  private final Library library;
  private int shown;

  FileView(Library library) {
    this.library = library;
  }

  static Map<String, Object> of(Item item) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", item.id());
    json.put("name", item.name());
    if (item.isFolder()) {
      json.put("url", folderUrl(item.id()));
    } else {
      json.put("mimeType", item.mimeType());
    }
    json.put("version", item.version());
    Content content = item.content();
    if (content != null) {
      json.put("size", content.size());
      json.put("md5", content.md5());
    }
    if (item.explicitlyTrashed()) {
      json.put("trashed", true);
    }
    addAccess(item, json);
    return json;
  }

  private static void addAccess(Item item, Map<String, Object> json) {
    if (item.access() != Access.INHERITED) {
      json.put("shared", item.access() == Access.GRANTED);
    }
    if (item.access() == Access.LINKED) {
      json.put("link", true);
    }
    if (item.resourceKey() != null) {
      json.put("resourceKey", item.resourceKey());
    }
    if (item.shortcut() != null) {
      json.put("target", item.shortcut().targetId());
    }
  }

  static String folderUrl(String id) {
    return "https://drive.google.com/drive/folders/" + id;
  }

  /** Folders with what is in them; large trees end with a count of what was left out. */
  List<Map<String, Object>> tree(List<Item> items) {
    var all = new ArrayList<Map<String, Object>>();
    for (Item item : items) {
      if (shown++ >= MOST) {
        all.add(Map.of("leftOut", items.size() - all.size()));
        return all;
      }
      Map<String, Object> json = of(item);
      if (item.isFolder()) {
        json.put("children", tree(library.children(item.id())));
      }
      all.add(json);
    }
    return all;
  }
}
