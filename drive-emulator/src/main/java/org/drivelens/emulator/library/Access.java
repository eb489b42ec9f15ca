package org.drivelens.emulator.library;

/** Whether the robot may see an item and what is below it. */
public enum Access {
  /** As its parent. */
  INHERITED,
  /** Shared with the robot. */
  GRANTED,
  /** Taken away here although a folder above is shared. */
  WITHHELD
}
