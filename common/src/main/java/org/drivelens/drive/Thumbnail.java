package org.drivelens.drive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Drive's small picture of a file, and which content the file had when Drive was asked for it.
 *
 * @param version of the file; it counts every change, also of what is no content
 */
public record Thumbnail(Media media, @Nullable String md5, @Nullable Long version)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    media.close();
  }
}
