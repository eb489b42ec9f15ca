/** Who may call what: tokens and sessions, roles, limits; what is open to everybody. */
@NullMarked
package org.drivelens.api.access;

import org.jspecify.annotations.NullMarked;
