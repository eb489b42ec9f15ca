@NullMarked
package org.drivelens.api.operations;

import org.jspecify.annotations.NullMarked;
