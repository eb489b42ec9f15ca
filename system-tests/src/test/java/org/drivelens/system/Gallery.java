package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the API shows of one event, beside the folder it stands for. */
public record Gallery(Installation installation, String event, String folder) {

  /** Asks for a sync, as a person does, and waits until the gallery equals its folder. */
  public void syncs() {
    installation.api().sync(event);
    becomesWhole();
  }

  /** Waits until the event is up to date and shows exactly what lies in its folder. */
  public void becomesWhole(Duration limit) {
    await("gallery of event " + event)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(this::isWhole);
  }

  /** The limit is generous: how soon is asked by the tests that say so. */
  public void becomesWhole() {
    becomesWhole(Duration.ofSeconds(60));
  }

  /** Every field of every photo is compared with the truth, and the counts with the photos. */
  public void isWhole() {
    var state = installation.api().state(event);
    assertThat(state.syncStatus()).as("status; %s", state).isEqualTo("UP_TO_DATE");
    var shown = shown();
    var lying = lying();
    assertThat(without(lying, shown)).as("missing or wrong in the gallery").isEmpty();
    assertThat(without(shown, lying)).as("in the gallery, but not in the folder").isEmpty();
    assertThat(state.photoCount()).as("photoCount").isEqualTo(shown.size());
  }

  Set<Picture> shown() {
    var photos = installation.api().photos(event);
    var shown = photos.stream().map(Picture::shown).collect(Collectors.toSet());
    assertThat(shown).as("photos, each once").hasSameSizeAs(photos);
    return shown;
  }

  Set<Picture> lying() {
    return installation.drive().library().truth(folder).stream()
        .map(Picture::lying)
        .collect(Collectors.toSet());
  }

  /** Our id of each photo, by the id of its file. */
  public Map<String, String> photoIds() {
    return installation.api().photos(event).stream()
        .collect(
            Collectors.toMap(
                photo -> photo.get("driveFileId").asString(), photo -> photo.get("id").asString()));
  }

  private static Set<Picture> without(Set<Picture> some, Set<Picture> others) {
    var rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
