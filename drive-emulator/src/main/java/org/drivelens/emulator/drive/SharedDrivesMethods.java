package org.drivelens.emulator.drive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.SharedDrive;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** {@code drives.list} and {@code drives.get}: the shared drives that the robot is a member of. */
final class SharedDrivesMethods {

  private static final int LARGEST = 100;
  private static final int DEFAULT = 10;

  private final RobotView view;

  SharedDrivesMethods(RobotView view) {
    this.view = view;
  }

  Reply list(Request request) {
    int size = Paging.size(request, DEFAULT, LARGEST);
    List<SharedDrive> drives = view.drives();
    int start = start(request.parameter("pageToken", ""), drives.size());
    int end = Math.min(drives.size(), start + size);
    Mask mask =
        Mask.parse(
            request.parameter("fields", "kind,nextPageToken,drives(kind,id,name)"),
            Resource.DRIVE_LIST);
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#driveList");
    if (end < drives.size()) {
      json.put("nextPageToken", "~!!~d" + end);
    }
    var shown = new ArrayList<Object>();
    drives.subList(start, end).forEach(drive -> shown.add(json(drive)));
    json.put("drives", shown);
    return Reply.json(mask.prune(json));
  }

  private static int start(String token, int most) {
    if (token.isEmpty()) {
      return 0;
    }
    try {
      int start = token.startsWith("~!!~d") ? Integer.parseInt(token.substring(5)) : -1;
      if (start >= 0 && start <= most) {
        return start;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw GoogleError.invalidValue("pageToken");
  }

  Reply get(String id, Request request) {
    SharedDrive drive = view.drive(id);
    if (drive == null || !drive.member()) {
      throw notFound(id);
    }
    Mask mask = Mask.parse(request.parameter("fields", "kind,id,name"), Resource.DRIVE);
    return Reply.json(mask.prune(json(drive)));
  }

  static Map<String, Object> json(SharedDrive drive) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#drive");
    json.put("id", drive.id());
    json.put("name", drive.name());
    json.put("createdTime", Times.text(drive.createdTime()));
    json.put("hidden", false);
    json.put("capabilities", Capabilities.OF_DRIVE);
    json.put(
        "restrictions",
        Map.of(
            "adminManagedRestrictions", false,
            "copyRequiresWriterPermission", false,
            "domainUsersOnly", false,
            "driveMembersOnly", false));
    return json;
  }

  /** drive-api 7: who is no member gets another error than who asks for what never was. */
  static void requireMember(RobotView view, String driveId) {
    SharedDrive drive = view.drive(driveId);
    if (drive == null) {
      throw notFound(driveId);
    }
    if (!drive.member()) {
      throw new GoogleError(
          403,
          "teamDriveMembershipRequired",
          "The attempted action requires shared drive membership.");
    }
  }

  private static GoogleError notFound(String id) {
    return new GoogleError(404, "notFound", "Shared drive not found: " + id).at("driveId");
  }
}
