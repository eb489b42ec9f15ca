package org.drivelens.emulator.drive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.library.Item;

/** User resources. */
final class People {

  private People() {}

  static boolean isRobots(Item item) {
    return item.owner().equals(Item.ROBOT);
  }

  static Map<String, Object> owner(Item item, Context context) {
    return isRobots(item) ? robot(context.robotEmail()) : user(item.owner(), false);
  }

  static Map<String, Object> robot(String email) {
    return user(email, true);
  }

  private static Map<String, Object> user(String email, boolean me) {
    var user = new LinkedHashMap<String, Object>();
    user.put("kind", "drive#user");
    user.put("displayName", me ? email : email.substring(0, email.indexOf('@')));
    user.put("me", me);
    user.put("permissionId", String.format("%020d", Integer.toUnsignedLong(email.hashCode())));
    user.put("emailAddress", email);
    return user;
  }
}
