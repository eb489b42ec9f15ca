package org.drivelens.worker.feed;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.drivelens.drive.DriveFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A file as JSON in the stored log: the components of the record and nothing derived from them. */
final class StoredFile {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultVisibility(v ->
              v.withFieldVisibility(Visibility.ANY)
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StoredFile() {}

  static @Nullable String write(@Nullable DriveFile file) {
    return file == null ? null : JSON.writeValueAsString(file);
  }

  static @Nullable DriveFile read(@Nullable String json) {
    return json == null ? null : JSON.readValue(json, DriveFile.class);
  }
}
