package org.drivelens.worker.sync;

import java.util.List;

/**
 * What a page showed in one folder.
 *
 * @param listing as it stood before the page
 * @param shown images and folders
 * @param hits of anything
 */
record Shown(Listing listing, String folder, List<String> images, int shown, int hits) {}
