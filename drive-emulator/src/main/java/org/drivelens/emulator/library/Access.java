package org.drivelens.emulator.library;

/** Whether the robot may see an item and what is below it. */
public enum Access {
  /** As its parent. */
  INHERITED,
  /** Shared with the robot; of a shared drive's top: the robot is a member. */
  GRANTED,
  /**
   * Open to whoever has the link: the robot reaches it by its id and by its parent, but no change
   * log and no search shows it (drive-api 5.4).
   */
  LINKED,
  /** Taken away here although a folder above is shared. */
  WITHHELD
}
