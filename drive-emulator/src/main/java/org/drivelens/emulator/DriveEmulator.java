package org.drivelens.emulator;

/** Starts the emulator. */
public final class DriveEmulator {

  private DriveEmulator() {}

  public static void main(String[] args) {
    System.out.println("not yet");
  }
}
