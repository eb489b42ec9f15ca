package org.drivelens.api.input;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.drivelens.api.problems.BodyTooLarge;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.problems.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** No request body is longer than 1 MiB, whether it says so beforehand or not. */
@Component
final class BodyLimit extends OncePerRequestFilter {

  static final long BYTES = 1 << 20;

  private final ProblemWriter problems;

  BodyLimit(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > BYTES) {
      problems.write(
          request, response, ProblemType.BODY_TOO_LARGE, "A request body may have 1 MiB at most.");
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {

    Limited(HttpServletRequest request) {
      super(request);
    }

    /** What has no body has no type of one: {@code curl -d ''} calls it a form all the same. */
    @Override
    public @Nullable String getContentType() {
      return getContentLengthLong() == 0 ? null : super.getContentType();
    }

    @Override
    public @Nullable String getHeader(String name) {
      return isTypeOfNothing(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isTypeOfNothing(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    private boolean isTypeOfNothing(String name) {
      return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) && getContentLengthLong() == 0;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream());
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream body;
    private long read;

    LimitedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      var one = body.read();
      if (one >= 0) {
        count(1);
      }
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var some = body.read(bytes, offset, length);
      count(Math.max(0, some));
      return some;
    }

    private void count(int more) throws BodyTooLarge {
      read += more;
      if (read > BYTES) {
        throw new BodyTooLarge();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
