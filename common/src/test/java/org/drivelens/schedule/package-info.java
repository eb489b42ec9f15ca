@NullMarked
package org.drivelens.schedule;

import org.jspecify.annotations.NullMarked;
