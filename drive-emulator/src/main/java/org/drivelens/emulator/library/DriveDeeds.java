package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.Objects;

/** What is done to whole drives. */
final class DriveDeeds {

  private final Tree tree;
  private final Feeds feeds;

  DriveDeeds(Tree tree, Feeds feeds) {
    this.tree = tree;
    this.feeds = feeds;
  }

  void apply(Deed.OfDrive deed) {
    String id =
        switch (deed) {
          case Deed.DriveCreated created -> create(created);
          case Deed.DriveRenamed renamed -> rename(renamed);
          case Deed.DriveJoined joined -> join(joined);
          case Deed.DriveDeleted deleted -> delete(deleted);
        };
    feeds.addDrive(id, deed.at());
  }

  /** The top folder of a My Drive or of a shared drive. */
  String putTop(String owner, String name, Access access, Instant at) {
    long ordinal = tree.takeOrdinal();
    String id = tree.rootIdOf(ordinal);
    var draft = Item.fresh(id, ordinal, null, name, Item.FOLDER, owner, at).draft();
    draft.access = access;
    tree.put(draft.as(1));
    return id;
  }

  /** drive-api 4: the drive's id is its top folder's too; Drive names every such folder "Drive". */
  private String create(Deed.DriveCreated deed) {
    String id = putTop(Deeds.OWNER, "Drive", Access.GRANTED, deed.at());
    tree.putDrive(new SharedDrive(id, deed.name(), deed.at(), true));
    return id;
  }

  private String rename(Deed.DriveRenamed deed) {
    SharedDrive drive = drive(deed.id());
    tree.putDrive(new SharedDrive(drive.id(), deed.name(), drive.createdTime(), drive.member()));
    return drive.id();
  }

  private String join(Deed.DriveJoined deed) {
    SharedDrive drive = drive(deed.id());
    tree.putDrive(new SharedDrive(drive.id(), drive.name(), drive.createdTime(), deed.member()));
    Item top = tree.existing(deed.id());
    var draft = top.draft();
    draft.access = deed.member() ? Access.GRANTED : Access.INHERITED;
    tree.put(draft.as(top.version() + 1));
    return drive.id();
  }

  private String delete(Deed.DriveDeleted deed) {
    tree.remove(tree.existing(deed.id()));
    tree.removeDrive(deed.id());
    return deed.id();
  }

  private SharedDrive drive(String id) {
    return Objects.requireNonNull(tree.drive(id));
  }
}
