package org.drivelens.emulator.drive;

import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which files a call is about: the parameters around shared drives, by their names of today and by
 * the old ones of Team Drives (drive-api 2).
 *
 * @param driveId only this shared drive; null for no one in particular
 * @param everyDrive the robot's own files and those of all its shared drives
 */
record Corpora(@Nullable String driveId, boolean everyDrive) {

  /** A client that knows of shared drives; to others what lies in them does not exist. */
  static boolean areSupported(Request request) {
    return request.flag("supportsAllDrives") || request.flag("supportsTeamDrives");
  }

  private static @Nullable String driveId(Request request) {
    String id = request.parameter("driveId");
    return id == null ? request.parameter("teamDriveId") : id;
  }

  private static boolean areIncluded(Request request) {
    boolean included =
        request.flag("includeItemsFromAllDrives") || request.flag("includeTeamDriveItems");
    if (included && !areSupported(request)) {
      throw supportRequired();
    }
    return included;
  }

  private static GoogleError supportRequired() {
    return new GoogleError(
        403, "supportsTeamDrivesRequired", "The supportsAllDrives parameter was not set to true.");
  }

  /** Of files.list. */
  static Corpora ofListing(Request request, RobotView view) {
    boolean included = areIncluded(request);
    String driveId = driveId(request);
    String corpora = request.parameter("corpora", driveId == null ? "user" : "drive");
    switch (corpora) {
      case "user", "domain", "drive", "allDrives", "teamDrive", "allTeamDrives" -> {}
      default -> throw GoogleError.invalidValue("corpora");
    }
    boolean one = corpora.equals("drive") || corpora.equals("teamDrive");
    if (one != (driveId != null)) {
      throw one
          ? GoogleError.required("driveId")
          : new GoogleError(
                  400,
                  "invalid",
                  "The driveId parameter must be specified if and only if corpora is set to drive.")
              .at("driveId");
    }
    if ((one || corpora.startsWith("all")) && !included) {
      throw new GoogleError(
              403,
              "teamDriveIncludeItemsRequired",
              "The includeItemsFromAllDrives parameter must be set to true when corpora is set to "
                  + corpora
                  + ".")
          .at("includeItemsFromAllDrives");
    }
    return member(new Corpora(driveId, included), view);
  }

  /** Of the change log. */
  static Corpora ofChanges(Request request, RobotView view) {
    boolean included = areIncluded(request);
    String driveId = driveId(request);
    if (driveId != null && !areSupported(request)) {
      throw supportRequired();
    }
    return member(new Corpora(driveId, included), view);
  }

  private static Corpora member(Corpora corpora, RobotView view) {
    if (corpora.driveId() != null) {
      SharedDrivesMethods.requireMember(view, corpora.driveId());
    }
    return corpora;
  }

  /**
   * Whether a search finds the file.
   *
   * @param byParent a listing of named folders also finds what only a link leads to
   */
  boolean holds(Seen seen, boolean byParent) {
    if (seen.item().parentId() == null || (seen.linked() && !byParent)) {
      return false;
    }
    return driveId == null ? everyDrive || seen.driveId() == null : driveId.equals(seen.driveId());
  }

  RobotView.Log log() {
    return new RobotView.Log(driveId, everyDrive);
  }
}
