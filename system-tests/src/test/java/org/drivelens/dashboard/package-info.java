/** The dashboard in a real browser, against the built services. */
@NullMarked
package org.drivelens.dashboard;

import org.jspecify.annotations.NullMarked;
