package org.drivelens.api.access;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of the proxies that are named, as
 * addresses or CIDR ranges separated by commas, and of nobody else: whoever could set them would
 * choose the address by which it is limited, and whether a cookie is secure.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final String ranges;

  TrustedProxies(@Value("${drivelens.trusted-proxies:}") String ranges) {
    this.ranges = ranges.strip();
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (ranges.isEmpty()) {
      return;
    }
    var valve = new RemoteIpValve();
    // Tomcat takes a text without a slash for a regular expression, in which a dot is any
    // character.
    valve.setInternalProxies(
        Stream.of(ranges.split(",", -1))
            .map(String::strip)
            .map(range ->
                range.contains("/") ? range : range + (range.contains(":") ? "/128" : "/32"))
            .collect(Collectors.joining(",")));
    valve.setRemoteIpHeader("X-Forwarded-For");
    valve.setProtocolHeader("X-Forwarded-Proto");
    factory.addEngineValves(valve);
  }
}
