/** The API's side of the broker: what it publishes and how its connections are named. */
@NullMarked
package org.drivelens.api.broker;

import org.jspecify.annotations.NullMarked;
