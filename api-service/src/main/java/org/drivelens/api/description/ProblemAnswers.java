package org.drivelens.api.description;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.drivelens.api.problems.Problem;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to every operation the problems that it can answer with. */
final class ProblemAnswers implements OpenApiCustomizer {

  private static final String RESPONSE = "#/components/responses/";

  @Override
  public void customise(OpenAPI api) {
    var components = api.getComponents();
    ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
    components.addSchemas(
        "EventPatch", patch(Objects.requireNonNull(components.getSchemas().get("EventInput"))));
    answers(components);
    api.getPaths()
        .forEach((path, item) ->
            item.readOperations().forEach(operation -> add(operation, path.contains("{"))));
  }

  private static void answers(Components components) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("InvalidRequest", "A field or parameter is not as it should be; `errors` names it.");
    all.put("Unauthorized", "The token is missing or wrong.");
    all.put("Forbidden", "The caller's role may not do this.");
    all.put("KeyReused", "The Idempotency-Key was used with another body.");
    all.put("TooManyRequests", "This client asks too often; `Retry-After` says when to go on.");
    all.put("NotFound", "There is no such event or photo (any more).");
    all.put("FolderMissing", "The event has no Google Drive folder, or syncing is paused.");
    all.put("DownloadOver", "The download link has expired or was revoked.");
    all.put("NoEventNamed", "The dead letter names no event, or one that has no folder.");
    all.put("NothingHeld", "No removal of photos is held.");
    all.put("NobodyToTell", "Neither e-mail nor a webhook is set for alerts.");
    all.put("BodyTooLarge", "The body is longer than 1 MiB.");
    all.put("UnsupportedMediaType", "The body is not sent as JSON.");
    all.put("RangeNotSatisfiable", "The range lies outside the file.");
    all.put("DriveFailed", "Google Drive refuses, or cannot be used.");
    all.put(
        "Unavailable",
        "The database, the broker or Google Drive is busy or away; `Retry-After` says when.");
    all.forEach((name, description) -> components.addResponses(name, problem(name, description)));
  }

  private static ApiResponse problem(String name, String description) {
    var content =
        new Content()
            .addMediaType(
                "application/problem+json",
                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
    var answer = new ApiResponse().description(description).content(content);
    if (name.equals("Unavailable") || name.equals("TooManyRequests")) {
      answer.addHeaderObject(
          "Retry-After", new Header().description("Seconds.").schema(new StringSchema()));
    }
    return answer;
  }

  private static void add(Operation operation, boolean named) {
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> "path".equals(parameter.getIn()))
          .filter(parameter -> parameter.getName().toLowerCase(Locale.ROOT).endsWith("id"))
          .forEach(parameter -> parameter.setSchema(new UUIDSchema()));
    }
    var answers = operation.getResponses();
    refer(answers, "400", "InvalidRequest");
    if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
      refer(answers, "401", "Unauthorized");
      refer(answers, "403", "Forbidden");
    }
    refer(answers, "429", "TooManyRequests");
    if (named) {
      refer(answers, "404", "NotFound");
    }
    if (operation.getRequestBody() != null) {
      refer(answers, "413", "BodyTooLarge");
      refer(answers, "415", "UnsupportedMediaType");
    }
    refer(answers, "503", "Unavailable");
  }

  private static void refer(ApiResponses answers, String status, String name) {
    if (!answers.containsKey(status)) {
      answers.addApiResponse(status, new ApiResponse().$ref(RESPONSE + name));
    }
  }

  /** The fields of an event, none of them required. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // The model's own types are raw.
  private static Schema<?> patch(Schema<?> input) {
    var patch = new ObjectSchema().description("JSON Merge Patch of an event.");
    ((Map<String, Schema>) (Map) input.getProperties()).forEach(patch::addProperty);
    return patch;
  }
}
