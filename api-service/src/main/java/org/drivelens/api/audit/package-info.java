/** Who did what: every action that changed something, as it was asked of the API. */
@NullMarked
package org.drivelens.api.audit;

import org.jspecify.annotations.NullMarked;
