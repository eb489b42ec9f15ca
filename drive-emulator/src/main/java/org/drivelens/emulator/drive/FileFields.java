package org.drivelens.emulator.drive;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.library.Shortcut;
import org.jspecify.annotations.Nullable;

/** A file as JSON; each field is worked out only if the mask wants it (drive-api 3). */
final class FileFields {

  /** What a file shows without a mask (drive-api 2). */
  static final Mask DEFAULT = Mask.parse("kind,id,name,mimeType", Resource.FILE);

  private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

  private interface Field extends BiFunction<Seen, Context, @Nullable Object> {}

  private interface BinaryField {
    Object of(Item item, Content content, Context context);
  }

  static {
    describe();
    relate();
    contain();
  }

  private FileFields() {}

  static Map<String, Object> of(Seen seen, Mask mask, Context context) {
    var json = new LinkedHashMap<String, Object>();
    for (String name : mask.isAll() ? FIELDS.keySet() : mask.names()) {
      Field field = FIELDS.get(name);
      // Known to Drive but never set on our files.
      Object value = field == null ? null : field.apply(seen, context);
      if (value != null) {
        json.put(name, Objects.requireNonNull(mask.of(name)).prune(value));
      }
    }
    return json;
  }

  private static void describe() {
    field("kind", seen -> "drive#file");
    field("id", seen -> seen.item().id());
    field("name", seen -> seen.item().name());
    field("mimeType", seen -> seen.item().mimeType());
    field("starred", seen -> false);
    field("trashed", Seen::trashed);
    field("explicitlyTrashed", seen -> seen.item().explicitlyTrashed());
    // drive-api 3: exactly one, absent if the caller may not see it.
    field("parents", seen -> seen.parentId() == null ? null : List.of(seen.parentId()));
    field("spaces", seen -> List.of("drive"));
    // drive-api 3: int64 values are strings.
    field("version", seen -> Long.toString(seen.item().version()));
    field("createdTime", seen -> Times.text(seen.item().createdTime()));
    field("modifiedTime", seen -> Times.text(seen.item().modifiedTime()));
    field("modifiedByMe", seen -> false);
    field("viewedByMe", seen -> false);
    field("folderColorRgb", seen -> seen.item().isFolder() ? "#8f8f8f" : null);
    field("webViewLink", seen -> webViewLink(seen.item()));
    field(
        "iconLink",
        seen -> "https://drive-thirdparty.googleusercontent.com/16/type/" + seen.item().mimeType());
    field("isAppAuthorized", seen -> false);
    field("quotaBytesUsed", seen -> sizeOf(seen.item()));
    field(
        "linkShareMetadata",
        seen -> Map.of("securityUpdateEligible", false, "securityUpdateEnabled", true));
  }

  private static void relate() {
    // drive-api 3: what lies in a shared drive belongs to nobody, and tells who trashed it.
    field("driveId", Seen::driveId);
    field("teamDriveId", Seen::driveId);
    FIELDS.put("owners", outside((seen, context) -> List.of(People.owner(seen.item(), context))));
    field("trashedTime", inside(seen -> time(seen.item().trashedTime())));
    FIELDS.put(
        "trashingUser",
        (seen, context) ->
            seen.driveId() == null || seen.item().trashedTime() == null
                ? null
                : People.owner(seen.item(), context));
    FIELDS.put("lastModifyingUser", (seen, context) -> People.owner(seen.item(), context));
    FIELDS.put("ownedByMe", outside((seen, context) -> People.isRobots(seen.item())));
    FIELDS.put("shared", outside((seen, context) -> !People.isRobots(seen.item())));
    // drive-api 3: only what was shared itself.
    field("sharedWithMeTime", seen -> time(seen.item().sharedTime()));
    FIELDS.put(
        "sharingUser",
        (seen, context) ->
            seen.item().sharedTime() == null ? null : People.owner(seen.item(), context));
    field("capabilities", seen -> Capabilities.of(seen.item()));
    field("viewersCanCopyContent", seen -> true);
    field("copyRequiresWriterPermission", seen -> false);
    FIELDS.put("writersCanShare", outside((seen, context) -> true));
    field("resourceKey", seen -> seen.item().resourceKey());
    FIELDS.put("shortcutDetails", FileFields::shortcut);
    field("inheritedPermissionsDisabled", seen -> !seen.item().listable());
  }

  /** drive-api 3: only files with binary content have these. */
  private static void contain() {
    binary("originalFilename", (item, content, context) -> item.name());
    binary("fullFileExtension", (item, content, context) -> extension(item.name()));
    binary("fileExtension", (item, content, context) -> extension(item.name()));
    binary("md5Checksum", (item, content, context) -> content.md5());
    binary(
        "sha1Checksum",
        (item, content, context) -> Checksums.hex("SHA-1", context.view().bytes(content)));
    binary(
        "sha256Checksum",
        (item, content, context) -> Checksums.hex("SHA-256", context.view().bytes(content)));
    binary("size", (item, content, context) -> Long.toString(content.size()));
    binary("headRevisionId", (item, content, context) -> headRevisionId(item));
    binary(
        "webContentLink",
        (item, content, context) ->
            "https://drive.google.com/uc?id=" + item.id() + "&export=download");
    field("hasThumbnail", seen -> ThumbnailLinks.has(seen.item()));
    field(
        "thumbnailVersion",
        seen -> ThumbnailLinks.has(seen.item()) ? "" + seen.item().revision() : "0");
    FIELDS.put("thumbnailLink", (seen, context) -> ThumbnailLinks.link(seen.item(), context));
    // drive-api 3: "if available".
    field(
        "imageMediaMetadata",
        seen -> seen.item().image() == null ? null : seen.item().image().toFields());
  }

  private static Field outside(Field field) {
    return (seen, context) -> seen.driveId() == null ? field.apply(seen, context) : null;
  }

  private static Function<Seen, @Nullable Object> inside(Function<Seen, @Nullable Object> value) {
    return seen -> seen.driveId() == null ? null : value.apply(seen);
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Times.text(time);
  }

  /** The target's key is told, its current type is not: that is a snapshot (drive-api 3). */
  private static @Nullable Object shortcut(Seen seen, Context context) {
    Shortcut shortcut = seen.item().shortcut();
    if (shortcut == null) {
      return null;
    }
    var details = new LinkedHashMap<String, Object>();
    details.put("targetId", shortcut.targetId());
    details.put("targetMimeType", shortcut.targetMimeType());
    Seen target = context.view().find(shortcut.targetId());
    if (target != null && target.item().resourceKey() != null) {
      details.put("targetResourceKey", target.item().resourceKey());
    }
    return details;
  }

  private static String webViewLink(Item item) {
    return item.isFolder()
        ? "https://drive.google.com/drive/folders/" + item.id()
        : "https://drive.google.com/file/d/" + item.id() + "/view?usp=drivesdk";
  }

  private static String headRevisionId(Item item) {
    return "0B%s%05dPQ".formatted(item.id().substring(1, 25), item.revision());
  }

  private static String sizeOf(Item item) {
    return item.content() == null ? "0" : Long.toString(item.content().size());
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static void field(String name, Function<Seen, @Nullable Object> value) {
    FIELDS.put(name, (seen, context) -> value.apply(seen));
  }

  private static void binary(String name, BinaryField value) {
    FIELDS.put(
        name,
        (seen, context) -> {
          Content content = seen.item().content();
          return content == null ? null : value.of(seen.item(), content, context);
        });
  }
}
