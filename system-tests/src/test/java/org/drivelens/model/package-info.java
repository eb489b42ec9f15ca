/**
 * The protocol of syncing as a randomised model: which rules are there, and that each is needed.
 */
@NullMarked
package org.drivelens.model;

import org.jspecify.annotations.NullMarked;
