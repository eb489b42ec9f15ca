package org.drivelens.emulator.drive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** {@code GET /drive/v3/about}. */
final class About {

  private About() {}

  static Reply answer(Request request, Context context) {
    String fields = request.parameter("fields");
    if (fields == null) {
      throw new GoogleError(400, "required", "The 'fields' parameter is required for this method.")
          .at("fields");
    }
    Mask mask = Mask.parse(fields, Resource.ABOUT);
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#about");
    json.put("user", People.robot(context.robotEmail()));
    // drive-api 7: a service account has no storage of its own.
    json.put(
        "storageQuota",
        Map.of("limit", "0", "usage", "0", "usageInDrive", "0", "usageInDriveTrash", "0"));
    json.put("appInstalled", false);
    json.put("canCreateDrives", false);
    json.put("canCreateTeamDrives", false);
    return Reply.json(mask.prune(json));
  }
}
