package org.drivelens.api.access;

import java.time.Duration;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param adminToken the first operator's bearer token, {@code DRIVELENS_ADMIN_TOKEN}
 * @param sessionLifetime how long a page stays logged in, {@code DRIVELENS_SESSION_LIFETIME}
 */
@ConfigurationProperties("drivelens")
record AccessProperties(
    @DefaultValue("") String adminToken, @DefaultValue("12h") Duration sessionLifetime) {

  AccessProperties {
    adminToken = adminToken.strip();
    if (adminToken.isEmpty()) {
      throw new BadSetting(
          "Set DRIVELENS_ADMIN_TOKEN (drivelens.admin-token) to a secret text: it is the bearer token"
              + " without which the API answers nobody.");
    }
  }

  @Override
  public String toString() {
    return "AccessProperties[adminToken=…]";
  }
}
