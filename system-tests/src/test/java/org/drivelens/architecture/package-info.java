/** The rules of the code's structure, as tests that are shown to bite. */
@NullMarked
package org.drivelens.architecture;

import org.jspecify.annotations.NullMarked;
