/** What to check and to do when something is wrong: docs/runbooks as pages. */
@NullMarked
package org.drivelens.api.runbooks;

import org.jspecify.annotations.NullMarked;
