@NullMarked
package org.drivelens.api.pages;

import org.jspecify.annotations.NullMarked;
