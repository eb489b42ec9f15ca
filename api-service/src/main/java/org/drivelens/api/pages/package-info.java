/** The pages for people, as Vite has built them from src/main/web. */
@NullMarked
package org.drivelens.api.pages;

import org.jspecify.annotations.NullMarked;
