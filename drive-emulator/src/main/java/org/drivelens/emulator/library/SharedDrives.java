package org.drivelens.emulator.library;

import java.util.List;
import java.util.function.Function;

/** The shared drives of the owner's organisation, as its administrator changes them. */
public final class SharedDrives {

  private final Store store;

  SharedDrives(Store store) {
    this.store = store;
  }

  /** With the robot as a member; the id is also that of its top folder. */
  public String create(String name) {
    return store.write(tree ->
        new Store.Plan<>(
            new Deed.DriveCreated(store.now(), name), tree.rootIdOf(tree.nextOrdinal())));
  }

  public void rename(String id, String name) {
    change(id, drive -> new Deed.DriveRenamed(store.now(), id, name));
  }

  /** Makes the robot a member. */
  public void join(String id) {
    change(id, drive -> new Deed.DriveJoined(store.now(), id, true));
  }

  /** The robot is no longer a member. */
  public void leave(String id) {
    change(id, drive -> new Deed.DriveJoined(store.now(), id, false));
  }

  /** With everything in it. */
  public void delete(String id) {
    change(id, drive -> new Deed.DriveDeleted(store.now(), id));
  }

  public List<SharedDrive> list() {
    return store.read(Tree::drives);
  }

  private void change(String id, Function<SharedDrive, Deed> decide) {
    store.write(tree -> {
      SharedDrive drive = tree.drive(id);
      if (drive == null) {
        throw new IllegalArgumentException("There is no shared drive " + id);
      }
      return new Store.Plan<>(decide.apply(drive), true);
    });
  }
}
