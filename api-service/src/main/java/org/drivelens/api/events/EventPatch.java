package org.drivelens.api.events;

import jakarta.validation.Validator;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.InvalidField;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.problems.UnreadableBody;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396): what the patch names is replaced, null removes, the rest stays. The
 * outcome must keep the same rules as a new event.
 */
@Component
class EventPatch {

  private final JsonMapper json;
  private final Validator validator;

  EventPatch(JsonMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * @throws ApiProblem that names the fields at fault
   */
  EventInput apply(ObjectNode patch, EventInput input) {
    var document = json.<ObjectNode>valueToTree(input);
    var unknown =
        patch.propertyNames().stream()
            .filter(name -> !document.has(name))
            .map(name -> new InvalidField(name, "is not a field of this request"))
            .toList();
    if (!unknown.isEmpty()) {
      throw ApiProblem.of(ProblemType.INVALID_REQUEST, unknown);
    }
    // The document is flat, so merging is replacing; a null here is what an absent field is there.
    document.setAll(patch);
    return valid(read(document));
  }

  private EventInput read(ObjectNode document) {
    try {
      return json.treeToValue(document, EventInput.class);
    } catch (JacksonException e) {
      throw UnreadableBody.of(e);
    }
  }

  private EventInput valid(EventInput patched) {
    var errors =
        validator.validate(patched).stream()
            .map(v -> new InvalidField(v.getPropertyPath().toString(), v.getMessage()))
            .sorted((a, b) -> a.field().compareTo(b.field()))
            .toList();
    if (!errors.isEmpty()) {
      throw ApiProblem.of(ProblemType.INVALID_REQUEST, errors);
    }
    return patched;
  }
}
