/** How the services that share the schema bring it up to date. */
@NullMarked
package org.drivelens.schema;

import org.jspecify.annotations.NullMarked;
