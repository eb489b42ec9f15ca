package org.drivelens.api.downloads;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.api.idempotency.Idempotency;
import org.drivelens.api.idempotency.Idempotency.Made;
import org.drivelens.api.photos.FolderPaths;
import org.drivelens.api.photos.Galleries;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.InvalidField;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Makes download links: what they give is written down now and does not follow the gallery. */
@Component
class SelectionMaking {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Selections selections;
  private final Galleries galleries;
  private final FolderPaths folderPaths;
  private final Idempotency idempotency;

  SelectionMaking(
      Selections selections,
      Galleries galleries,
      FolderPaths folderPaths,
      Idempotency idempotency) {
    this.selections = selections;
    this.galleries = galleries;
    this.folderPaths = folderPaths;
    this.idempotency = idempotency;
  }

  /**
   * @throws ApiProblem if there is no such event, or it has not all of these photos; then nothing
   *     was made
   */
  @Transactional
  DownloadAnswers.Created make(
      EventId event, SelectionInput input, @Nullable String idempotencyKey) {
    var epoch = galleries.epoch(event);
    var made =
        idempotency.once(
            idempotencyKey,
            "POST /events/" + event + "/download-selections",
            input,
            () -> make(event, epoch, input));
    return selections.created(made.id(), new Token(Objects.requireNonNull(made.secret())));
  }

  private Made make(EventId event, int epoch, SelectionInput input) {
    var photos = input.photoIds().stream().distinct().toArray(UUID[]::new);
    var token = Token.random();
    var made = selections.insert(event, epoch, token, photos.length, input.openFor());
    var paths = folderPaths.of(event, epoch, selections.folders(event, epoch, photos));
    var found = selections.insertItems(made, event, epoch, photos, JSON.writeValueAsString(paths));
    if (found.size() < photos.length) {
      throw unknown(input.photoIds(), found);
    }
    return new Made(made, token.text());
  }

  private static ApiProblem unknown(List<UUID> asked, List<UUID> found) {
    var known = new HashSet<>(found);
    var errors = new ArrayList<InvalidField>();
    for (int i = 0; i < asked.size(); i++) {
      if (!known.contains(asked.get(i))) {
        errors.add(
            new InvalidField(
                "photoIds[" + i + "]", "is not a photo of this event: " + asked.get(i)));
      }
    }
    return ApiProblem.of(ProblemType.UNKNOWN_PHOTOS, errors);
  }
}
