package org.drivelens.api.access;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Requests that one client may make of one replica in a minute; as many at once.
 *
 * @param requestsPerMinute of one token, {@code DRIVELENS_LIMIT_REQUESTS_PER_MINUTE}
 * @param anonymousPerMinute of one address without a token, {@code
 *     DRIVELENS_LIMIT_ANONYMOUS_PER_MINUTE}
 * @param failedLoginsPerMinute wrong tokens from one address, {@code
 *     DRIVELENS_LIMIT_FAILED_LOGINS_PER_MINUTE}
 */
@Validated
@ConfigurationProperties("drivelens.limit")
record LimitProperties(
    @DefaultValue("12000") @Min(1) int requestsPerMinute,
    @DefaultValue("1200") @Min(1) int anonymousPerMinute,
    @DefaultValue("20") @Min(1) int failedLoginsPerMinute) {}
