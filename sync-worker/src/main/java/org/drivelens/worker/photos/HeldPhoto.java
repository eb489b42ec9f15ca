package org.drivelens.worker.photos;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;

/** A photo as we hold it; just what is needed to settle whether it is still there. */
public record HeldPhoto(
    String driveFileId, String parentId, long version, @Nullable String resourceKey) {

  /** Of a row with its components as columns. */
  public static final RowMapper<HeldPhoto> ROW = new SimplePropertyRowMapper<>(HeldPhoto.class);
}
