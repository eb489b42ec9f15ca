package org.drivelens.drive;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from Drive. Closing before the end cuts the connection instead of reading the
 * rest.
 *
 * @param status 200, or 206 for a range
 * @param length of this answer, not of the file, when Drive says it
 * @param contentRange as Drive says it, with status 206
 */
public record Media(
    InputStream content,
    int status,
    @Nullable String contentType,
    @Nullable Long length,
    @Nullable String contentRange)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    content.close();
  }
}
