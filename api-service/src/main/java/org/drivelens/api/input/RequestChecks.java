package org.drivelens.api.input;

import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the checks in front of every controller. */
@Configuration(proxyBeanMethods = false)
class RequestChecks implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new KnownParameters());
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(new Ids.ToUuid());
    registry.addConverter(new Ids.ToEventId());
  }
}
