package org.drivelens.emulator.library;

import java.time.Instant;

/**
 * A shared drive; its id is also the id of its top folder (drive-api 4).
 *
 * @param member whether the robot is one
 */
public record SharedDrive(String id, String name, Instant createdTime, boolean member) {}
