package org.drivelens.worker.sync;

import org.drivelens.worker.feed.FeedCoverage;
import org.drivelens.worker.feed.FeedLog;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.photos.Folders;
import org.drivelens.worker.photos.Issues;
import org.drivelens.worker.photos.PagedListings;
import org.drivelens.worker.photos.PhotoCatalog;
import org.drivelens.worker.photos.Removals;
import org.drivelens.worker.sweep.FullWalks;

/** The tables that a run reads, and writes under its lease. */
record Storage(
    EventStates states,
    OldFolder oldFolder,
    Walks walks,
    FullWalks fullWalks,
    Listings listings,
    Sightings sightings,
    Folders folders,
    PagedListings paged,
    ShortcutWays shortcuts,
    PhotoCatalog photos,
    Removals removals,
    Issues issues,
    Runs runs,
    Feeds feeds,
    FeedLog log,
    FeedCoverage coverage) {}
