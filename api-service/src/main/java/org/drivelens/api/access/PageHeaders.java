package org.drivelens.api.access;

import org.drivelens.api.pages.TextPage;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What a browser is told of every answer. Spring Security adds by itself that nothing is to be
 * guessed from the bytes (X-Content-Type-Options) and, behind TLS, Strict-Transport-Security.
 */
final class PageHeaders {

  private PageHeaders() {}

  static void set(HeadersConfigurer<HttpSecurity> headers) {
    headers
        // First come, first served: an answer that has a policy keeps it. Not by the method for the
        // policy, which would come before these. The page of the API description sets its styles
        // itself.
        .addHeaderWriter(policy("/swagger-ui/**", " 'unsafe-inline'"))
        .addHeaderWriter(policy("/problems/**", " " + TextPage.styleSource()))
        .addHeaderWriter(policy("/runbooks/**", " " + TextPage.styleSource()))
        .addHeaderWriter(policy("/**", ""))
        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER));
  }

  private static HeaderWriter policy(String pages, String styles) {
    var policy =
        "default-src 'none'; script-src 'self'; style-src 'self'"
            + styles
            + "; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";
    return new DelegatingRequestMatcherHeaderWriter(
        PathPatternRequestMatcher.withDefaults().matcher(pages),
        new StaticHeadersWriter("Content-Security-Policy", policy));
  }
}
