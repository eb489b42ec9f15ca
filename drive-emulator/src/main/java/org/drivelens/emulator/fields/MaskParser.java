package org.drivelens.emulator.fields;

import org.drivelens.emulator.wire.GoogleError;
import org.jspecify.annotations.Nullable;

/** {@code a,b/c,d(e,f/g),*} (drive-api 2). */
final class MaskParser {

  private final String text;
  private final Resource resource;
  private int at;

  MaskParser(String text, Resource resource) {
    this.text = text.replaceAll("\\s", "");
    this.resource = resource;
  }

  Mask parse() {
    var mask = new Mask(false);
    // drive-api 2: an empty mask is a mask that wants nothing.
    if (!text.isEmpty()) {
      list(mask, resource);
      if (at < text.length()) {
        throw unknown(text.substring(at));
      }
    }
    return mask;
  }

  private void list(Mask mask, @Nullable Resource inside) {
    path(mask, inside);
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      path(mask, inside);
    }
  }

  private void path(Mask mask, @Nullable Resource inside) {
    String name = name();
    if (name.equals("*")) {
      mask.everything();
      return;
    }
    if (inside == null || !inside.has(name)) {
      throw unknown(name);
    }
    Mask deeper = mask.descend(name);
    Resource type = inside.of(name);
    char next = at < text.length() ? text.charAt(at) : ',';
    if (next == '/') {
      at++;
      path(deeper, type);
    } else if (next == '(') {
      at++;
      list(deeper, type);
      if (at >= text.length() || text.charAt(at) != ')') {
        throw unknown(name);
      }
      at++;
    } else {
      deeper.everything();
    }
  }

  private String name() {
    int start = at;
    while (at < text.length() && "/(),".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private static GoogleError unknown(String name) {
    return new GoogleError(400, "invalidParameter", "Invalid field selection " + name).at("fields");
  }
}
