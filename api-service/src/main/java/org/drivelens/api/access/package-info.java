/** Who may call: one operator token; the description of the API and its health are open. */
@NullMarked
package org.drivelens.api.access;

import org.jspecify.annotations.NullMarked;
