package org.drivelens.api.access;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may do; each role may do all that those before it may. */
@Schema(
    description =
        "VIEWER sees events and photos. ORGANISER also creates, edits, deletes and syncs events."
            + " OPERATOR may do everything.")
public enum Role {
  VIEWER,
  ORGANISER,
  OPERATOR;

  /** This role and all that it includes. */
  List<GrantedAuthority> authorities() {
    return Arrays.stream(values())
        .filter(role -> role.compareTo(this) <= 0)
        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
        .toList();
  }

  /** As a person reads it. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
