/** Who Drivelens is in Google Drive. */
@NullMarked
package org.drivelens.api.identity;

import org.jspecify.annotations.NullMarked;
