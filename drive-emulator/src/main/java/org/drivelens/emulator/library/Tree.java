package org.drivelens.emulator.library;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every item by id and by parent. Not thread-safe: {@link Library} and {@link RobotView} lock.
 * Children are kept in the order of creation, so that a page of a large folder is found without
 * sorting the folder.
 */
final class Tree {

  private static final Base64.Encoder IDS = Base64.getUrlEncoder().withoutPadding();

  private final Map<String, Item> items = new HashMap<>();
  private final Map<String, TreeMap<Long, String>> children = new HashMap<>();
  private final TreeMap<Long, String> byOrdinal = new TreeMap<>();
  private final Map<String, SharedDrive> drives = new LinkedHashMap<>();
  private final Trashings trashings = new Trashings();
  private final long seed;
  private long nextOrdinal = 1;

  Tree(long seed) {
    this.seed = seed;
  }

  long takeOrdinal() {
    return nextOrdinal++;
  }

  long nextOrdinal() {
    return nextOrdinal;
  }

  String ownersRoot() {
    return rootIdOf(1);
  }

  /** drive-api 2 and 4: {@code root} is the caller's own My Drive. */
  String resolve(String idOrAlias) {
    return idOrAlias.equals("root") ? rootIdOf(2) : idOrAlias;
  }

  /** 33 characters that begin with 1, as Drive's ids do today (drive-api 4). */
  String idOf(long ordinal) {
    return "1" + letters(ordinal, 24);
  }

  /** 19 characters of the form 0A…UK9PVA: the top of a My Drive (drive-api 4). */
  String rootIdOf(long ordinal) {
    return "0A" + letters(ordinal, 9).substring(0, 11) + "UK9PVA";
  }

  private String letters(long ordinal, int bytes) {
    var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ordinal);
    var buffer = ByteBuffer.allocate(bytes + 8);
    while (buffer.position() < bytes) {
      buffer.putLong(random.nextLong());
    }
    return IDS.encodeToString(Arrays.copyOf(buffer.array(), bytes));
  }

  @Nullable Item find(@Nullable String id) {
    return id == null ? null : items.get(id);
  }

  void put(Item item) {
    Item before = items.put(item.id(), item);
    String parent = item.parentId();
    if (before != null && before.parentId() != null && !before.parentId().equals(parent)) {
      leave(before);
    }
    if (parent != null) {
      children.computeIfAbsent(parent, id -> new TreeMap<>()).put(item.ordinal(), item.id());
    }
    byOrdinal.put(item.ordinal(), item.id());
  }

  private void leave(Item item) {
    TreeMap<Long, String> siblings = children.get(item.parentId());
    if (siblings != null) {
      siblings.remove(item.ordinal());
      if (siblings.isEmpty()) {
        children.remove(item.parentId());
      }
    }
  }

  /** Takes the item and everything below it out. */
  void remove(Item top) {
    leave(top);
    for (Item item : withDescendants(top)) {
      items.remove(item.id());
      children.remove(item.id());
      byOrdinal.remove(item.ordinal());
    }
  }

  List<Item> withDescendants(Item top) {
    var found = new ArrayList<Item>();
    var open = new ArrayDeque<Item>(List.of(top));
    while (!open.isEmpty()) {
      Item item = open.remove();
      found.add(item);
      open.addAll(childrenOf(item.id()));
    }
    return found;
  }

  /** Oldest first. */
  List<Item> childrenOf(String parentId) {
    return ordinals(parentId).values().stream().map(this::existing).toList();
  }

  /** Ids of the parent's children by ordinal; of everything if the parent is null. */
  NavigableMap<Long, String> ordinals(@Nullable String parentId) {
    return parentId == null ? byOrdinal : children.getOrDefault(parentId, new TreeMap<>());
  }

  Item existing(String id) {
    Item item = items.get(id);
    if (item == null) {
      throw new IllegalArgumentException("The library has no item " + id);
    }
    return item;
  }

  boolean isBelow(Item item, String ancestorId) {
    for (Item step = item; step != null; step = find(step.parentId())) {
      if (step.id().equals(ancestorId)) {
        return true;
      }
    }
    return false;
  }

  Trashings trashings() {
    return trashings;
  }

  /** Itself or by a folder above it, as far as what lies in the item has heard of it. */
  boolean isTrashed(Item item, @Nullable Instant tooYoung) {
    for (Item step = item; step != null; step = find(step.parentId())) {
      if (trashings.isKnown(step, tooYoung)) {
        return true;
      }
    }
    return false;
  }

  /** The nearest item upwards that says something decides; WITHHELD if none does. */
  Access access(Item item) {
    Item step = item;
    while (step.access() == Access.INHERITED) {
      step = find(step.parentId());
      // A limited folder shows itself but not what is in it.
      if (step == null || !step.listable()) {
        return Access.WITHHELD;
      }
    }
    return step.access();
  }

  boolean isVisible(Item item) {
    return access(item) != Access.WITHHELD;
  }

  /** The shared drive at the top, null if it is a My Drive. */
  @Nullable String driveOf(Item item) {
    Item top = item;
    for (Item step = item; step != null; step = find(step.parentId())) {
      top = step;
    }
    return drives.containsKey(top.id()) ? top.id() : null;
  }

  void putDrive(SharedDrive drive) {
    drives.put(drive.id(), drive);
  }

  void removeDrive(String id) {
    drives.remove(id);
  }

  @Nullable SharedDrive drive(String id) {
    return drives.get(id);
  }

  /** Oldest first. */
  List<SharedDrive> drives() {
    return List.copyOf(drives.values());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** Without the two My Drives and the tops of the shared drives. */
  int size() {
    return items.size() - 2 - drives.size();
  }
}
