/** One broken line per patch, and the test that notices: see {@code ./drivelens broken}. */
@NullMarked
package org.drivelens.broken;

import org.jspecify.annotations.NullMarked;
