package org.drivelens.api.photos;

import java.util.Arrays;
import java.util.List;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;

/**
 * The orders of a gallery. Each follows an index of {@code photo}, so a page reads little more than
 * its own rows however far behind it lies. The id decides between equals.
 */
enum PhotoSort {
  TAKEN_AT(
      "takenAt",
      "p.taken_at::text",
      List.of(
          new Part(
              "p.taken_at is not null",
              "(p.taken_at, p.id) > (cast(:key as timestamp), :id)",
              "p.taken_at, p.id"),
          new Part("p.taken_at is null", "p.id > :id", "p.taken_at, p.id"))),
  /**
   * The index read backwards would begin with the photos that have no time, so it has two parts.
   */
  TAKEN_AT_DESCENDING(
      "-takenAt",
      "p.taken_at::text",
      List.of(
          new Part(
              "p.taken_at is not null",
              "(p.taken_at, p.id) < (cast(:key as timestamp), :id)",
              "p.taken_at desc, p.id desc"),
          new Part("p.taken_at is null", "p.id < :id", "p.taken_at desc, p.id desc"))),
  /** By the first hundred characters: more does not fit into an index entry. */
  NAME(
      "name",
      "left(p.name, 100)",
      List.of(
          new Part(
              "true",
              "(left(p.name, 100), p.id) > (cast(:key as text), :id)",
              "left(p.name, 100), p.id"))),
  /** Ids are UUIDv7, so their order is that of creation. */
  CREATED_AT("createdAt", "null::text", List.of(new Part("true", "p.id > :id", "p.id")));

  /**
   * A stretch of the order that one index scan can read.
   *
   * @param holds which rows it holds
   * @param after which of them come after the row of a cursor
   */
  record Part(String holds, String after, String order) {}

  private final String parameter;
  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Only ever List.of.
  private final List<Part> parts;

  PhotoSort(String parameter, String key, List<Part> parts) {
    this.parameter = parameter;
    this.key = key;
    this.parts = parts;
  }

  String parameter() {
    return parameter;
  }

  /** The value by which it sorts, as a text that a cursor can carry. */
  String key() {
    return key;
  }

  List<Part> parts() {
    return parts;
  }

  static PhotoSort of(String parameter) {
    return Arrays.stream(values())
        .filter(s -> s.parameter.equals(parameter))
        .findFirst()
        .orElseThrow(() ->
            ApiProblem.of(
                ProblemType.INVALID_REQUEST,
                "sort",
                "must be one of takenAt, -takenAt, name, createdAt"));
  }
}
