package org.drivelens.drive;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The one pool of connections: bounded, every wait limited, no redirects, no hidden retries. */
final class Transport {

  private Transport() {}

  static HttpTransport of(DriveProperties properties) {
    return new Apache5HttpTransport(
        HttpClients.custom()
            .useSystemProperties()
            .setConnectionManager(pool(properties))
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            // The library unpacks gzip by itself; here it would hide an original's length.
            .disableContentCompression()
            .addExecInterceptorFirst("limits", limits(properties))
            .build());
  }

  private static PoolingHttpClientConnectionManager pool(DriveProperties properties) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(properties.connections())
        .setMaxConnTotal(2 * properties.connections())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                .setSocketTimeout(Timeout.of(properties.readTimeout()))
                .setTimeToLive(TimeValue.ofMinutes(5))
                .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                .build())
        .build();
  }

  /**
   * For the token endpoint too: there the library sets 20 s with no way to differ (drive-api 1).
   */
  private static ExecChainHandler limits(DriveProperties properties) {
    var limits =
        RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setConnectionRequestTimeout(Timeout.of(properties.connectTimeout()))
            .setResponseTimeout(Timeout.of(properties.readTimeout()))
            .build();
    return (request, scope, chain) -> {
      scope.clientContext.setRequestConfig(limits);
      var response = chain.proceed(request, scope);
      var entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new CutWhenClosed(entity, scope.execRuntime));
      }
      return response;
    };
  }

  /** Closing a body before its end would read all the rest of it, of an original many megabytes. */
  private static final class CutWhenClosed extends HttpEntityWrapper {

    private final ExecRuntime runtime;

    CutWhenClosed(HttpEntity entity, ExecRuntime runtime) {
      super(entity);
      this.runtime = runtime;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new CuttingStream(super.getContent(), runtime);
    }

    /** After a broken read the library comes here, and would read on. */
    @Override
    public void close() {
      cut(runtime, super::close);
    }
  }

  private static final class CuttingStream extends FilterInputStream {

    private final ExecRuntime runtime;

    CuttingStream(InputStream content, ExecRuntime runtime) {
      super(content);
      this.runtime = runtime;
    }

    @Override
    public void close() {
      cut(runtime, super::close);
    }
  }

  /** Frees the connection first; one that was read to its end is free already, and stays whole. */
  private static void cut(ExecRuntime runtime, Closeable body) {
    runtime.discardEndpoint();
    try {
      body.close();
    } catch (IOException e) {
      // The connection is cut, so the rest cannot be read; nobody wanted it.
    }
  }
}
