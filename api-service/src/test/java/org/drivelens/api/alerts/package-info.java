@NullMarked
package org.drivelens.api.alerts;

import org.jspecify.annotations.NullMarked;
