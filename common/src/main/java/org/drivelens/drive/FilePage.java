package org.drivelens.drive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing; it may be short or empty, only the token says whether more follows.
 *
 * @param incompleteSearch Google did not look everywhere: what is absent proves nothing
 */
public record FilePage(
    List<DriveFile> files, boolean incompleteSearch, @Nullable String nextPageToken) {}
