package org.drivelens.api.downloads;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Photos that a download has to do without.
 *
 * @param reasons sentences, by the number of the photo
 */
record Missing(SortedMap<Integer, String> reasons) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static Missing of(Map<Integer, String> reasons) {
    return new Missing(new TreeMap<>(reasons));
  }

  /**
   * @param json what {@link #json} gave
   */
  static Missing read(String json) {
    return of(JSON.readValue(json, new TypeReference<Map<Integer, String>>() {}));
  }

  String json() {
    return JSON.writeValueAsString(reasons);
  }

  @Nullable String reason(Selection.Item item) {
    return reasons.get(item.number());
  }
}
