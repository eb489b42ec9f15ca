package org.drivelens.api.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What a browser is told of every answer. Behind TLS Spring Security adds Strict-Transport-Security
 * by itself.
 */
final class PageHeaders {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'%s; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private PageHeaders() {}

  static void set(HeadersConfigurer<HttpSecurity> headers) {
    headers
        // First come, first served: the page of the API description sets its styles itself.
        .addHeaderWriter(
            new DelegatingRequestMatcherHeaderWriter(
                PathPatternRequestMatcher.withDefaults().matcher("/swagger-ui/**"),
                policy(" 'unsafe-inline'")))
        .contentSecurityPolicy(csp -> csp.policyDirectives(POLICY.formatted("")))
        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER));
  }

  private static StaticHeadersWriter policy(String styles) {
    return new StaticHeadersWriter("Content-Security-Policy", POLICY.formatted(styles));
  }
}
