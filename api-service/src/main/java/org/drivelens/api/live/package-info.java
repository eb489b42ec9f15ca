/** What happens, as it happens: runs that go on and runs that ended, over server-sent events. */
@NullMarked
package org.drivelens.api.live;

import org.jspecify.annotations.NullMarked;
