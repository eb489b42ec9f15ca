package org.drivelens.api.photos;

import org.jspecify.annotations.Nullable;

/** Names the content of a photo in URLs and ETags: another content, another name. */
public final class PhotoVersion {

  private PhotoVersion() {}

  /**
   * @param version Drive's version of the file, which also counts changes of its metadata
   */
  public static String of(@Nullable String md5, long version) {
    return md5 == null ? "r" + version : md5;
  }
}
