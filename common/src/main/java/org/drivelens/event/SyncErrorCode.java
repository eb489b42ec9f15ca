package org.drivelens.event;

/** Why an event could not be synced, with the sentence that a person reads. */
public enum SyncErrorCode {
  FOLDER_NOT_SHARED(
      "Drivelens may not read this folder. Share the folder with %s as Viewer, then sync again."),
  FOLDER_NOT_FOUND(
      "Google Drive knows no such folder, or it is not shared. Check the link, and share the folder"
          + " with %s as Viewer."),
  NOT_A_FOLDER("The link leads to a file, not to a folder. Give the link of the folder."),
  FOLDER_TRASHED(
      "The folder is in the trash of Google Drive. Restore it there; the gallery is kept as it was."),
  CREDENTIALS_REFUSED(
      "Google refuses the credentials of Drivelens (%s). Check the service-account key and that the"
          + " Drive API is enabled."),
  DRIVE_UNAVAILABLE("Google Drive does not answer properly. Drivelens tries again by itself."),
  QUOTA_OF_DAY("The day's quota of Google Drive calls is spent. Drivelens goes on tomorrow."),
  REMOVAL_HELD(
      "Many photos seem to be gone and Google Drive does not say why: they may be deleted, or no"
          + " longer shared. They are kept until somebody accepts the removal or they are seen again."),
  KEEPS_FAILING(
      "Syncing this event failed again and again for a reason we did not foresee. Drivelens tries"
          + " again with the next schedule, or when you ask.");

  private final String sentence;

  SyncErrorCode(String sentence) {
    this.sentence = sentence;
  }

  /**
   * The sentence that a person reads.
   *
   * @param robot the address with which folders are shared
   */
  public String sentence(String robot) {
    return sentence.formatted(robot);
  }
}
