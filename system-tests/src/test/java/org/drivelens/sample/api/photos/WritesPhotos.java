package org.drivelens.sample.api.photos;

/** The API changing what only the worker may change. */
public final class WritesPhotos {

  /** The forbidden statement. */
  public String sql(String name) {
    return "Update photo\n   set name = '" + name + "'";
  }
}
