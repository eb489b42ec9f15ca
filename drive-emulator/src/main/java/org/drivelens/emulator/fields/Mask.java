package org.drivelens.emulator.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a resource are wanted; each with the mask for what is inside it. */
public final class Mask {

  /** Everything, all the way down. */
  public static final Mask ALL = new Mask(true);

  private final Map<String, Mask> fields = new LinkedHashMap<>();
  private boolean all;

  Mask(boolean all) {
    this.all = all;
  }

  /**
   * Reads the fields parameter of a method that answers with this resource.
   *
   * @throws org.drivelens.emulator.wire.GoogleError 400 for a name that the resource does not have
   */
  public static Mask parse(String text, Resource resource) {
    return new MaskParser(text, resource).parse();
  }

  public boolean isAll() {
    return all;
  }

  public boolean has(String field) {
    return all || fields.containsKey(field);
  }

  /** The mask for what is inside a field; null if the field is not wanted. */
  public @Nullable Mask of(String field) {
    Mask mask = fields.get(field);
    return mask == null && all ? ALL : mask;
  }

  /** Only meaningful if not {@link #isAll}. */
  public Set<String> names() {
    return fields.keySet();
  }

  void everything() {
    all = true;
  }

  Mask descend(String field) {
    return fields.computeIfAbsent(field, name -> new Mask(false));
  }

  /** The same map, list or value with only what is wanted in it. */
  public Object prune(Object value) {
    if (all) {
      return value;
    }
    if (value instanceof List<?> list) {
      var pruned = new ArrayList<Object>(list.size());
      list.forEach(element -> pruned.add(prune(element)));
      return pruned;
    }
    if (value instanceof Map<?, ?> map) {
      var pruned = new LinkedHashMap<String, Object>();
      for (var field : fields.entrySet()) {
        Object inside = map.get(field.getKey());
        if (inside != null) {
          pruned.put(field.getKey(), field.getValue().prune(inside));
        }
      }
      return pruned;
    }
    return value;
  }
}
