package org.drivelens.api.access;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** One operator with one token; nothing is kept between requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class Access {

  private static final String[] OPEN = {
    "/",
    "/openapi",
    "/openapi.yaml",
    "/openapi/**",
    "/swagger-ui/**",
    "/swagger-ui.html",
    "/problems",
    "/problems/*",
    "/livez",
    "/readyz",
    // On the management port, which this chain guards too.
    "/actuator/health",
    "/actuator/health/**",
    "/favicon.ico"
  };

  private static final String SCHEME = "Bearer ";

  @Bean
  Cursors cursors(AccessProperties properties) {
    return new Cursors(properties.adminToken());
  }

  /** Also keeps Spring Boot from making up a user with a password. */
  @Bean
  AuthenticationManager operator(AccessProperties properties) {
    var expected = digest(properties.adminToken());
    return given -> {
      // Digests are of one length, so the time tells nothing, not even the length of the token.
      if (!MessageDigest.isEqual(expected, digest(String.valueOf(given.getCredentials())))) {
        throw new BadCredentialsException("wrong token");
      }
      return new PreAuthenticatedAuthenticationToken(
          "operator", "", AuthorityUtils.createAuthorityList("ROLE_OPERATOR"));
    };
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http, AuthenticationManager operator, ProblemWriter problems) {
    var bearer =
        new AuthenticationFilter(operator, request -> token(request.getHeader("Authorization")));
    bearer.setSuccessHandler((_, _, _) -> {});
    bearer.setFailureHandler(
        (request, response, e) -> unauthorized(problems).commence(request, response, e));
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .addFilterBefore(bearer, AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(OPEN)
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(e ->
            e.authenticationEntryPoint(unauthorized(problems))
                .accessDeniedHandler(forbidden(problems)))
        .build();
  }

  private static @org.jspecify.annotations.Nullable Authentication token(
      @org.jspecify.annotations.Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? new PreAuthenticatedAuthenticationToken(
            "bearer", header.substring(SCHEME.length()).strip())
        : null;
  }

  private static AuthenticationEntryPoint unauthorized(ProblemWriter problems) {
    return (request, response, _) -> {
      var given = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE,
          given
              ? "Bearer realm=\"drivelens\", error=\"invalid_token\""
              : "Bearer realm=\"drivelens\"");
      problems.write(
          request,
          response,
          ProblemType.UNAUTHORIZED,
          given
              ? "The operator token is wrong."
              : "Send the operator token: Authorization: Bearer TOKEN.");
    };
  }

  private static AccessDeniedHandler forbidden(ProblemWriter problems) {
    return (request, response, _) ->
        problems.write(request, response, ProblemType.FORBIDDEN, "This is not allowed.");
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
