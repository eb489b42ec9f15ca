package org.drivelens.emulator.library;

/**
 * Where a shortcut leads (drive-api 3).
 *
 * @param targetMimeType as it was when the shortcut was made
 */
public record Shortcut(String targetId, String targetMimeType) {}
