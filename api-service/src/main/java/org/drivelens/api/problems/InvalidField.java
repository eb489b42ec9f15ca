package org.drivelens.api.problems;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One thing that is wrong with a request.
 *
 * @param field the field or parameter, with its path
 * @param message what is expected of it
 */
public record InvalidField(
    @Schema(example = "name") String field,
    @Schema(example = "must not be blank") String message) {}
