/**
 * HTTP as Google's front speaks it: requests, replies, error envelopes, gzip and method override.
 */
@NullMarked
package org.drivelens.emulator.wire;

import org.jspecify.annotations.NullMarked;
