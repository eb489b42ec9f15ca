package org.drivelens.emulator.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.library.SharedDrive;
import org.drivelens.emulator.library.SharedDrives;
import org.drivelens.emulator.wire.Reply;
import org.jspecify.annotations.Nullable;

/** Makes shared drives, and the robot a member of them. */
final class DriveControl {

  private final SharedDrives drives;

  DriveControl(SharedDrives drives) {
    this.drives = drives;
  }

  Reply list() {
    return Reply.pretty(200, drives.list().stream().map(DriveControl::view).toList());
  }

  Reply create(Input input) {
    String id = drives.create(input.required("name"));
    if ("false".equals(input.get("member"))) {
      drives.leave(id);
    }
    return show(201, id);
  }

  /** {@code POST /emulator/drives/<id>/<deed>}; null if there is no such deed. */
  @Nullable Reply act(String id, String deed, Input input) {
    switch (deed) {
      case "rename" -> drives.rename(id, input.required("name"));
      case "join" -> drives.join(id);
      case "leave" -> drives.leave(id);
      default -> {
        return null;
      }
    }
    return show(200, id);
  }

  Reply delete(String id) {
    drives.delete(id);
    return Reply.pretty(200, Map.of("deleted", id));
  }

  private Reply show(int status, String id) {
    List<SharedDrive> found =
        drives.list().stream().filter(drive -> drive.id().equals(id)).toList();
    return Reply.pretty(status, view(found.getFirst()));
  }

  private static Map<String, Object> view(SharedDrive drive) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", drive.id());
    json.put("name", drive.name());
    json.put("url", FileView.folderUrl(drive.id()));
    json.put("member", drive.member());
    return json;
  }
}
