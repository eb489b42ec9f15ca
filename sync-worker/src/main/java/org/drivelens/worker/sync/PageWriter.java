package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.FilePage;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.drivelens.worker.photos.Issues.Kind;
import org.drivelens.worker.photos.Issues.Trouble;
import org.drivelens.worker.sync.ShortcutWays.Noted;
import org.drivelens.worker.sync.ShortcutWays.Way;
import org.drivelens.worker.sync.Shortcuts.Followed;
import org.jspecify.annotations.Nullable;

/**
 * Writes pages of listings in one transaction: what they showed, and where their listings go on.
 */
final class PageWriter {

  private final Claim claim;
  private final Storage storage;
  private final Map<String, DriveFile> images = new LinkedHashMap<>();
  private final Map<String, DriveFile> folders = new LinkedHashMap<>();
  private final List<FilePage.Unreadable> unreadable = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();

  /** Shortcuts to what lies inside by itself. */
  private final Set<String> needless = new HashSet<>();

  /** Folders that something left while these pages were read. */
  private final Set<String> left = new HashSet<>();

  private final List<DriveFile> deadEnds = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();
  private final Map<Long, Listing> places = new LinkedHashMap<>();

  PageWriter(Claim claim, Storage storage) {
    this.claim = claim;
    this.storage = storage;
  }

  /** Takes in a page; pages of one listing in their order. */
  void add(Listing listing, Followed followed) {
    var page = followed.page();
    add(followed.ways());
    var parts = new LinkedHashMap<String, Part>();
    listing.ids().forEach(id -> parts.put(id, new Part()));
    for (var file : page.files()) {
      var placed = placed(file, listing);
      var part = parts.get(String.valueOf(placed.parentId()));
      // Elsewhere, as the page itself says: then it proves nothing of the folders we asked for.
      if (part != null) {
        part.hits++;
        add(placed, part);
      }
    }
    for (var file : page.unreadable()) {
      var part = parts.get(listing.alone() ? listing.folder() : String.valueOf(file.parentId()));
      if (part != null) {
        part.hits++;
        part.images.add(file.id());
        unreadable.add(file);
      }
    }
    parts.forEach((folder, part) -> {
      if (part.hits > 0) {
        var all = part.images.size() + part.folders;
        shown.add(new Shown(listing, folder, part.images, all, part.hits));
      }
    });
    places.put(listing.number(), listing.after(page));
  }

  private void add(List<Way> followed) {
    followed.stream()
        .filter(way -> way.passes(claim.root()))
        .forEach(way -> needless.add(way.shortcut().id()));
    ways.addAll(followed);
  }

  /** What a page showed in one folder. */
  private static final class Part {
    private final List<String> images = new ArrayList<>();
    private int folders;
    private int hits;
  }

  /** A parent that is not told is the one that was asked for. */
  private static DriveFile placed(DriveFile file, Listing listing) {
    return file.parentId() == null && listing.alone() ? file.in(listing.folder()) : file;
  }

  private void add(DriveFile file, Part part) {
    if (file.isFolder()) {
      // A shortcut may lead to a folder in the trash, to what is shown without it, or above us.
      if (!file.trashed()
          && !file.id().equals(claim.root())
          && !needless.contains(String.valueOf(file.shortcutId()))) {
        part.folders++;
        folders.merge(file.id(), file, this::newer);
      }
    } else if (file.isImage() && !file.trashed()) {
      part.images.add(file.id());
      images.merge(file.id(), file, this::newer);
    } else if (file.isShortcut() && file.shortcut() != null) {
      deadEnds.add(file);
    }
  }

  /**
   * Pages that overtake each other may show a file twice, before and after a move. A folder in its
   * own place counts before the same behind a shortcut.
   */
  private DriveFile newer(DriveFile one, DriveFile other) {
    if (one.version() != other.version()) {
      left.add(String.valueOf((one.version() < other.version() ? one : other).parentId()));
    }
    var first =
        one.version() > other.version()
            || (one.version() == other.version() && other.shortcutId() != null);
    return first ? one : other;
  }

  /**
   * To be called in the transaction of a lease.
   *
   * @param first no full walk of the event's folder has ended yet
   */
  void write(boolean first) {
    var key = claim.key();
    var photos = storage.photos();
    storage
        .runs()
        .add(
            claim,
            first ? photos.putFirst(key, images.values()) : photos.put(key, images.values()));
    meet(folders.values(), first);
    storage.issues().resolve(key, images.keySet());
    unreadable.forEach(this::skip);
    deadEnds.forEach(this::leadsNowhere);
    note(storage.shortcuts().note(key, ways));
    storage.listings().store(claim, shown);
    places.values().forEach(this::moveTo);
    storage.paged().left(key, left);
    storage.states().progressed(claim);
  }

  /** Which of several ways to a folder counts, only a walk of the whole folder tells. */
  private void note(Noted noted) {
    if (noted == Noted.NEWER || (noted == Noted.NEW && storage.walks().isOfParts(claim))) {
      storage.states().walkLater(claim);
    }
  }

  private void moveTo(Listing listing) {
    if (listing.pageToken() != null) {
      storage.listings().moveTo(claim, listing);
      storage.paged().goesOn(claim.key(), listing.number(), listing.ids());
    } else if (!listing.incomplete()) {
      if (listing.alone()) {
        storage.issues().resolve(claim.key(), listing.ids());
      }
      if (listing.pages() > 1) {
        storage.paged().ended(claim.key(), listing.number(), listing.ids());
      }
      storage.listings().end(claim, listing);
    } else if (!listing.alone()) {
      storage.listings().split(claim, listing);
    } else {
      unreadable(listing.folder(), null, Trouble.INCOMPLETE);
      storage.listings().drop(claim, listing);
    }
  }

  /** One bad file never fails a run: it is recorded, and what we show of it stays. */
  private void skip(FilePage.Unreadable file) {
    var trouble =
        new Trouble("unreadable", "Google Drive tells too little of it: " + file.reason() + ".");
    storage.issues().record(claim.key(), file.id(), Kind.FILE, file.name(), trouble);
  }

  private void leadsNowhere(DriveFile shortcut) {
    if (shortcut.shortcut() != null
        && (shortcut.shortcut().leadsToImage() || shortcut.shortcut().leadsToFolder())) {
      storage
          .issues()
          .record(claim.key(), shortcut.id(), Kind.FILE, shortcut.name(), Trouble.LEADS_NOWHERE);
    }
  }

  /** A folder that is new, or newer than when it was last listed, is listed again. */
  private void meet(Collection<DriveFile> files, boolean first) {
    var met = files.stream().map(Folder::of).toList();
    var put = storage.folders().put(claim.key(), met);
    storage.walks().enter(claim.key(), put.toList());
    storage.walks().meet(claim.key(), met.stream().map(Folder::folderId).toList());
    if (!first) {
      storage.walks().listLater(claim, put.news());
    }
    for (var file : files) {
      if (!file.canListChildren()) {
        unreadable(file.id(), file.name(), Trouble.MAY_NOT_LIST);
      }
    }
  }

  /** One unreadable sub-folder never fails a run: it is recorded, and what we know of it stays. */
  void unreadable(String folder, @Nullable String name, Trouble trouble) {
    storage.walks().unreadable(claim, folder);
    storage.issues().record(claim.key(), folder, Kind.FOLDER, name, trouble);
  }
}
