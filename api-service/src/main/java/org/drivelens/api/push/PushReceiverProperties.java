package org.drivelens.api.push;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How push messages are received (prefix {@code drivelens.push}).
 *
 * @param debounce how long messages about one feed are gathered before it is polled once
 */
@ConfigurationProperties("drivelens.push")
record PushReceiverProperties(@DefaultValue("1s") Duration debounce) {}
