package org.drivelens.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells a bad setting in its own sentence instead of in a stack trace; before Spring Boot's own
 * analyzers, which would name our classes. Found by {@code META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BadSettingAnalyzer extends AbstractFailureAnalyzer<BadSetting> {

  @Override
  protected FailureAnalysis analyze(Throwable whole, BadSetting cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Correct the setting and start again. The README lists all settings.",
        cause);
  }
}
