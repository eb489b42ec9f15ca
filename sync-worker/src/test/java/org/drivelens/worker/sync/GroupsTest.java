package org.drivelens.worker.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.drivelens.drive.FolderRef;
import org.junit.jupiter.api.Test;

/** How waiting folders are put into queries, for any mixture of them. */
class GroupsTest {

  private final Random random = new Random(5);

  @Test
  void every_folder_is_in_at_most_one_group_of_its_drive_and_of_fitting_size() {
    for (int round = 0; round < 2_000; round++) {
      var waiting = waiting(random.nextInt(200));
      var byId = waiting.stream().collect(Collectors.toMap(Waiting::folderId, w -> w));
      var grouped = new ArrayList<String>();
      for (var group : Groups.of(waiting, random.nextInt(16))) {
        assertThat(group).hasSizeBetween(1, Groups.LARGEST);
        var drives = group.stream().map(f -> drive(of(byId, f))).distinct();
        assertThat(drives).hasSize(1);
        if (group.size() > 1) {
          assertThat(group).noneMatch(f -> of(byId, f).alone());
        }
        group.forEach(f -> assertThat(f).isEqualTo(of(byId, f).ref()));
        grouped.addAll(group.stream().map(FolderRef::id).toList());
      }
      assertThat(grouped).doesNotHaveDuplicates();
    }
  }

  @Test
  void with_nothing_in_flight_and_few_drives_nobody_is_left_waiting() {
    for (int round = 0; round < 2_000; round++) {
      var waiting = waiting(random.nextInt(200));
      var groups = Groups.of(waiting, 0);
      var grouped = groups.stream().flatMap(List::stream).map(FolderRef::id).toList();
      var full = groups.stream().filter(g -> g.size() == Groups.LARGEST).count();
      var alone = waiting.stream().filter(Waiting::alone).count();
      // Smaller groups wait only where others already keep Drive busy.
      if (full + alone == 0) {
        assertThat(grouped)
            .containsExactlyInAnyOrderElementsOf(waiting.stream().map(Waiting::folderId).toList());
      }
      var ofDrive = new HashMap<String, Integer>();
      waiting.stream()
          .filter(w -> !w.alone())
          .forEach(w -> ofDrive.merge(String.valueOf(w.driveId()), 1, Integer::sum));
      assertThat(full)
          .isGreaterThanOrEqualTo(
              ofDrive.values().stream().mapToInt(n -> n / Groups.LARGEST).sum());
    }
  }

  private static Waiting of(Map<String, Waiting> byId, FolderRef folder) {
    return Objects.requireNonNull(byId.get(folder.id()));
  }

  private static String drive(Waiting waiting) {
    return String.valueOf(waiting.driveId());
  }

  private List<Waiting> waiting(int count) {
    var waiting = new ArrayList<Waiting>();
    var alone = random.nextInt(3) == 0 ? 0 : 10;
    for (int n = 0; n < count; n++) {
      var drive = random.nextInt(3);
      waiting.add(
          new Waiting(
              "folder-" + n,
              random.nextInt(9) == 0 ? "key" : null,
              drive == 0 ? null : "drive-" + drive,
              random.nextInt(100) < alone));
    }
    return waiting;
  }
}
