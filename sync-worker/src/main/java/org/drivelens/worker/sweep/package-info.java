/** Repairs what was lost: publishes again what is due and nobody works at. */
@NullMarked
package org.drivelens.worker.sweep;

import org.jspecify.annotations.NullMarked;
