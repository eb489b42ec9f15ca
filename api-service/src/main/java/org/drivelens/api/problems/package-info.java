/**
 * How trouble is answered: RFC 9457 problems with stable types, each with a page that explains it.
 */
@NullMarked
package org.drivelens.api.problems;

import org.jspecify.annotations.NullMarked;
