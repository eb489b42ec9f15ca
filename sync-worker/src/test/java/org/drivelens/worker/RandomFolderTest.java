package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens in Drive, in whatever order, and with calls that fail: once all is quiet, the
 * gallery is the folder. A seed that fails is replayed by running it alone.
 */
class RandomFolderTest extends GalleryTest {

  private static final int MUTATIONS = 120;

  private final List<String> folders = new ArrayList<>();
  private final List<String> photos = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void the_gallery_is_the_folder_once_all_is_quiet(long seed) {
    random = new SplittableRandom(seed);
    var inner = library.createFolder(root, "inner");
    var outside = sharedFolder("outside");
    var unseen = library.createFolder(null, "unseen");
    folders.addAll(List.of(root, inner, outside, unseen, library.createFolder(inner, "deep")));
    folders.forEach(f -> photos.addAll(library.seedImages(f, "seed", 3)));
    emulator.faults().pagesOfAtMost(4);

    var events = List.of(anEventOn(root), anEventOn(inner), anEventOn(root));
    for (int i = 0; i < MUTATIONS; i++) {
      mutate(inner);
      if (random.nextInt(4) == 0) {
        disturb(events);
      }
      if (random.nextInt(6) == 0) {
        // Lets the workers get in between: waits for any call, not for a time.
        var seen = emulator.calls().all().size();
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> emulator.calls().all().size() > seen || quiet(events));
      }
    }
    emulator.faults().clear();
    events.forEach(this::sync);
    events.forEach(this::awaitUpToDate);

    assertGalleryIsFolder(events.get(0), root);
    assertGalleryIsFolder(events.get(1), inner);
    assertGalleryIsFolder(events.get(2), root);
  }

  private boolean quiet(List<EventId> events) {
    return events.stream().allMatch(e -> status(e).equals("UP_TO_DATE"));
  }

  private void mutate(String keep) {
    var folder = folders.get(random.nextInt(folders.size()));
    var photo = photos.get(random.nextInt(photos.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> photos.add(library.addSyntheticImage(folder, "n" + photos.size() + ".jpg"));
      case 2 -> folders.add(library.createFolder(folder, "f" + folders.size()));
      case 3 -> ifThere(photo, () -> library.rename(photo, "r" + random.nextInt(100) + ".jpg"));
      case 4 -> ifThere(photo, () -> library.move(photo, folder));
      case 5 -> ifThere(photo, () -> library.trash(photo));
      case 6 -> ifThere(photo, () -> library.untrash(photo));
      case 7 ->
          ifThere(photo, () -> library.replaceContent(photo, new byte[] {(byte) random.nextInt()}));
      case 8 -> moveFolder(folder, keep);
      case 9 -> mine(folder, keep, () -> library.trash(folder));
      case 10 -> mine(folder, keep, () -> library.untrash(folder));
      default ->
          ifThere(
              photo,
              () -> {
                if (random.nextInt(3) == 0) {
                  library.delete(photo);
                  photos.remove(photo);
                } else {
                  library.touchViewed(photo);
                }
              });
    }
  }

  private void ifThere(String id, Runnable change) {
    if (library.find(id).isPresent()) {
      change.run();
    }
  }

  /** The events' own folders stay where they are. */
  private void mine(String folder, String keep, Runnable change) {
    if (folders.indexOf(folder) > 3 && !folder.equals(keep)) {
      change.run();
    }
  }

  private void moveFolder(String folder, String keep) {
    var into = folders.get(random.nextInt(folders.size()));
    mine(
        folder,
        keep,
        () -> {
          if (!below(into, folder)) {
            library.move(folder, into);
          }
        });
  }

  private boolean below(String folder, String top) {
    for (var at = folder; at != null; at = library.find(at).orElseThrow().parentId()) {
      if (at.equals(top)) {
        return true;
      }
    }
    return false;
  }

  private void disturb(List<EventId> events) {
    var faults = emulator.faults();
    switch (random.nextInt(8)) {
      case 0 -> faults.fail(Match.on(DriveMethod.FILES_LIST), Trouble.html(503), 1);
      case 1 -> faults.fail(Match.on(DriveMethod.FILES_GET), Trouble.reset(), 1);
      case 2 -> faults.fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.truncated(), 1);
      case 3 -> faults.fail(Match.on(DriveMethod.FILES_LIST), Trouble.malformedJson(), 2);
      case 4 -> publisher.nudge(new FeedPollRequested(null));
      case 5 ->
          jdbc.sql("update event_sync set fence = fence + 1 where event_id = :e")
              .param("e", events.get(random.nextInt(events.size())).value())
              .update();
      default -> sync(events.get(random.nextInt(events.size())), random.nextInt(4) == 0);
    }
    assertThat(faults).isNotNull();
  }
}
