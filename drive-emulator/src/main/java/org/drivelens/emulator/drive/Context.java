package org.drivelens.emulator.drive;

import org.drivelens.emulator.library.RobotView;

/**
 * What a rendered file depends on besides itself.
 *
 * @param rootUrl as the client reached us, for links
 * @param contentAllowed whether the token may read content; without that no thumbnailLink
 */
record Context(RobotView view, String rootUrl, String robotEmail, boolean contentAllowed) {}
