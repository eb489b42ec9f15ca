package org.drivelens.emulator.library;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.drivelens.emulator.picture.MadeUp;
import org.drivelens.emulator.picture.SyntheticImage;

/** The binary content of a file; MD5 in hex, size in bytes. Folders have none. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "as")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Content.Kept.class, name = "kept"),
  @JsonSubTypes.Type(value = Content.Drawn.class, name = "drawn"),
  @JsonSubTypes.Type(value = Content.Outside.class, name = "outside")
})
public sealed interface Content {

  String md5();

  long size();

  /** Bytes that somebody gave us, found by their MD5. */
  record Kept(String md5, long size) implements Content {}

  /** Bytes of a file that lies outside the library; {@link OutsideFiles} knows where. */
  record Outside(String md5, long size) implements Content {}

  /** A made-up picture, drawn when somebody asks for it. */
  record Drawn(String md5, long size, int width, int height, long seed) implements Content {

    static Drawn of(SyntheticImage image) {
      int width = image.width();
      int height = image.height();
      long seed = image.seed();
      return new Drawn(
          MadeUp.md5(width, height, seed), MadeUp.size(width, height, seed), width, height, seed);
    }
  }
}
