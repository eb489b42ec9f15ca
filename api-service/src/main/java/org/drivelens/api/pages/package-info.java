/** Pages for people: the dashboard, as Vite has built it from src/main/web, and plain text. */
@NullMarked
package org.drivelens.api.pages;

import org.jspecify.annotations.NullMarked;
