package org.drivelens.api.problems;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** An RFC 9457 problem, the body of every answer that is not a success. */
@Schema(description = "An RFC 9457 problem. Branch on `type`; show `detail` to people.")
public record Problem(
    @Schema(
            description = "Stable, and a page that explains it.",
            example = "/problems/invalid-request")
        String type,
    @Schema(example = "The request is not valid") String title,
    @Schema(example = "400") int status,
    @Schema(example = "name: must not be blank") String detail,
    @Schema(description = "The path that was asked for.", example = "/events") String instance,
    @Schema(description = "Each field or parameter at fault; empty if none is.")
        List<InvalidField> errors) {

  static Problem of(ProblemType type, String detail, String instance, List<InvalidField> errors) {
    return new Problem(
        type.uri(),
        type.title(),
        type.status().value(),
        detail,
        AskedPath.withoutSecrets(instance),
        List.copyOf(errors));
  }
}
