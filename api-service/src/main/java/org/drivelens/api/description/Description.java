package org.drivelens.api.description;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.drivelens.event.EventId;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description says beyond the single operations. */
@Configuration(proxyBeanMethods = false)
class Description {

  private static final String BEARER = "token";

  static {
    SpringDocUtils.getConfig().replaceWithSchema(EventId.class, new UUIDSchema());
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Drivelens")
                .version("1")
                .description(
                    """
                    Galleries that follow Google Drive folders.

                    Everything is JSON in camelCase. Lists are `{"items": […], "nextCursor": "…" or null}` \
                    with `limit` up to 500. What is not known is `null`. Unknown fields and parameters are \
                    refused. Trouble is an RFC 9457 problem with a stable `type`, which is also a page that \
                    explains it; see [all problems](/problems).
                    """)
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0.txt")))
        // Not where this very process was asked: the description is the same everywhere.
        .servers(List.of(new Server().url("/").description("This service")))
        .components(new Components().addSecuritySchemes(BEARER, bearer()))
        .addSecurityItem(new SecurityRequirement().addList(BEARER));
  }

  private static SecurityScheme bearer() {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(
            "A token: the one set as DRIVELENS_ADMIN_TOKEN, or one made at /admin/tokens.");
  }

  @Bean
  OpenApiCustomizer problemsOfOperations() {
    return new ProblemAnswers();
  }
}
