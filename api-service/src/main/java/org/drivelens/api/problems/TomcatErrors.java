package org.drivelens.api.problems;

import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses before any application sees it (a request line with raw control characters,
 * say) would be answered with an HTML page; this makes it a problem.
 */
@Component
class TomcatErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private final JsonMapper json;

  TomcatErrors(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      var host = (StandardHost) context.getParent();
      // Else the host adds its own at start, which would answer first.
      host.setErrorReportValveClass("");
      host.getPipeline().addValve(new ProblemValve(json));
    });
  }

  static final class ProblemValve extends ErrorReportValve {

    private final JsonMapper json;

    ProblemValve(JsonMapper json) {
      this.json = json;
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
      if (response.getStatus() < 400 || response.getContentWritten() > 0) {
        return;
      }
      var type = ProblemType.of(response.getStatus());
      // The path is left out: it may be the very thing that is malformed.
      var body = json.writeValueAsBytes(Problem.of(type, type.title() + ".", "", List.of()));
      try {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(body);
        response.finishResponse();
      } catch (IOException | IllegalStateException e) {
        containerLog(e);
      }
    }

    private void containerLog(Exception e) {
      getContainer().getLogger().debug("the caller went away", e);
    }
  }
}
