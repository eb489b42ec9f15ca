package org.drivelens.api.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.problems.ProblemWriter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Who may call what. Nothing is kept between requests but what the database holds. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, LimitProperties.class})
class Access {

  @Bean
  Cursors cursors(AccessProperties properties) {
    return new Cursors(properties.adminToken());
  }

  @Bean
  Secrets secrets(AccessProperties properties) {
    return new Secrets(properties.adminToken());
  }

  @Bean
  SessionCookie sessionCookie() {
    return new SessionCookie();
  }

  @Bean
  RequestLimits requestLimits(LimitProperties properties, ProblemWriter problems) {
    return new RequestLimits(properties, problems);
  }

  /** Keeps Spring Boot from making up a user with a password; the doorkeeper decides. */
  @Bean
  AuthenticationManager nobodyByPassword() {
    return _ -> {
      throw new BadCredentialsException("there are no passwords here");
    };
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      Secrets secrets,
      AccessTokens tokens,
      SessionCookie cookie,
      RequestLimits limits,
      ProblemWriter problems) {
    var doorkeeper = new Doorkeeper(secrets, tokens, cookie, limits, problems);
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf(csrf, cookie))
        .cors(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(PageHeaders::set)
        .addFilterBefore(doorkeeper, CsrfFilter.class)
        .authorizeHttpRequests(Access::doors)
        .exceptionHandling(e ->
            e.authenticationEntryPoint(unauthorized(problems))
                .accessDeniedHandler(forbidden(problems)))
        .build();
  }

  private static void doors(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    // INCLUDE: what the container does with an error after the answer has begun.
    requests
        .dispatcherTypeMatchers(
            DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE)
        .permitAll();
    for (var door : Doors.ALL) {
      var matched =
          door.method() == null
              ? requests.requestMatchers(door.path())
              : requests.requestMatchers(door.method(), door.path());
      if (door.role() == null) {
        matched.permitAll();
      } else {
        matched.hasRole(door.role().name());
      }
    }
    requests.anyRequest().hasRole(Role.OPERATOR.name());
  }

  /**
   * Only what a browser sends by itself has to be told from what somebody else made it send: a
   * bearer token never comes by itself.
   */
  private static void csrf(CsrfConfigurer<HttpSecurity> csrf, SessionCookie cookie) {
    csrf.csrfTokenRepository(cookie)
        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
        .requireCsrfProtectionMatcher(request ->
            CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && cookie.read(request).isPresent()
                && !isLogin(request));
  }

  /** A stale cookie must not stand in the way of a new session. */
  private static boolean isLogin(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().equals("/session");
  }

  private static AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
    return (request, response, _) -> {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"drivelens\"");
      problems.write(
          request,
          response,
          ProblemType.UNAUTHORIZED,
          "Send a token: Authorization: Bearer TOKEN.");
    };
  }

  private static AccessDeniedHandler forbidden(ProblemWriter problems) {
    return (request, response, e) -> {
      var detail =
          e instanceof CsrfException
              ? "Send the CSRF token of the session in the header "
                  + SessionCookie.CSRF_HEADER
                  + "."
              : Caller.current()
                  .map(c -> "The role %s may not do this.".formatted(c.role().word()))
                  .orElse("This is not allowed.");
      problems.write(request, response, ProblemType.FORBIDDEN, detail);
    };
  }
}
