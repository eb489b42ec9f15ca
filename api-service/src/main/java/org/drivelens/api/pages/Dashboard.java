package org.drivelens.api.pages;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Serves the dashboard under {@code /app}. It is one page whose views have addresses of their own;
 * all that it shows and does goes through the public API.
 */
@Configuration(proxyBeanMethods = false)
class Dashboard implements WebMvcConfigurer {

  private static final String FILES = "classpath:/dashboard/";
  private static final String PAGE = "index.html";

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addRedirectViewController("/app", "/app/");
    registry.addViewController("/app/").setViewName("forward:/app/" + PAGE);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    // Their names change with what is in them.
    registry
        .addResourceHandler("/app/assets/**")
        .addResourceLocations(FILES + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    registry
        .addResourceHandler("/app/**")
        .addResourceLocations(FILES)
        .setCacheControl(CacheControl.noCache())
        .resourceChain(true)
        .addResolver(new ViewsAreOnePage());
  }

  /** The address of a view leads to the page, which shows it. */
  private static final class ViewsAreOnePage extends PathResourceResolver {

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      var file = super.getResource(path, location);
      return file == null && !path.contains(".") ? super.getResource(PAGE, location) : file;
    }
  }
}
