package org.drivelens.emulator.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gallery that is in step must show for one image.
 *
 * @param takenAt as the camera wrote it, {@code YYYY:MM:DD HH:MM:SS} if it is valid
 * @param folderPath names of the folders between the asked root and the image, outermost first
 */
public record TrueImage(
    String id,
    String name,
    String mimeType,
    long size,
    @Nullable String md5,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer rotation,
    @Nullable String takenAt,
    @Nullable String cameraMake,
    @Nullable String cameraModel,
    List<String> folderPath,
    String parentId,
    long version) {

  /**
   * @param item the image, or a shortcut to it
   * @param shown the image itself
   */
  static TrueImage of(Item item, Item shown, String parentId, List<String> folderPath) {
    var content = shown.content();
    var image = shown.image();
    return new TrueImage(
        item.id(),
        item.name(),
        shown.mimeType(),
        content == null ? 0 : content.size(),
        content == null ? null : content.md5(),
        image == null ? null : image.width(),
        image == null ? null : image.height(),
        image == null ? null : image.rotation(),
        image == null ? null : image.time(),
        image == null ? null : image.cameraMake(),
        image == null ? null : image.cameraModel(),
        folderPath,
        parentId,
        item.version());
  }
}
