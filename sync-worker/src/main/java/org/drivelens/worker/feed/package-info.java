/**
 * The change log of a credential: read once for all events, stored, and handed to those it touches.
 */
@NullMarked
package org.drivelens.worker.feed;

import org.jspecify.annotations.NullMarked;
