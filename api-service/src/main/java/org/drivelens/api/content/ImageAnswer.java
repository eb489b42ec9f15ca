package org.drivelens.api.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.drive.Media;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The answer to one request for an image: its headers, which keep a browser from running what it
 * gets, then its bytes as they come.
 */
final class ImageAnswer {

  private static final String FOR_EVER = "private, max-age=31536000, immutable";
  private static final String NOT_AT_ALL = "private, no-store";
  private static final String ASK_AGAIN = "private, no-cache";
  private static final String FOR_NOW = "private, max-age=300";
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Original original;
  private final String etag;

  private String keeping;
  private boolean save;

  /**
   * @param askedVersion the parameter v: what it names never changes
   */
  ImageAnswer(
      HttpServletRequest request,
      HttpServletResponse response,
      Original original,
      String etag,
      @Nullable String askedVersion) {
    this.request = request;
    this.response = response;
    this.original = original;
    this.etag = etag;
    keeping = original.version().equals(askedVersion) ? FOR_EVER : ASK_AGAIN;
  }

  /** For a file rather than to be looked at. */
  ImageAnswer toBeSaved() {
    save = true;
    return this;
  }

  /** Answers 304 if the caller has these bytes already. */
  boolean isKnownToCaller() {
    var known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known == null
        || Arrays.stream(known.split(","))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .noneMatch(tag -> tag.equals(etag) || tag.equals("*"))) {
      return false;
    }
    response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    mayBeKept();
    return true;
  }

  /** Answers HEAD without asking Drive. */
  boolean isOnlyHead(String type, @Nullable Long length) {
    if (!"HEAD".equals(request.getMethod())) {
      return false;
    }
    safe(type);
    if (length != null) {
      response.setContentLengthLong(length);
    }
    return true;
  }

  /** The problem that says how long the file is, where that is known. */
  ApiProblem outside(@Nullable Long size) {
    if (size != null) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
    }
    return ApiProblem.of(ProblemType.RANGE_NOT_SATISFIABLE, "The range lies outside the file.");
  }

  /** Writes the headers of an image of this type. */
  void safe(@Nullable String type) {
    mayBeKept();
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    var raster = Original.isRaster(type);
    response.setContentType(raster ? type : "application/octet-stream");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        FileNames.disposition(raster && !save, FileNames.safe(original.name())));
  }

  /**
   * Sends the bytes. Whoever goes away ends this with an IOException, and the caller closes the
   * media, which cuts the connection to Drive; a file that ends too early is thrown as well, so
   * that the container cuts the connection instead of ending the answer as if it were whole.
   */
  void send(Media media) throws IOException {
    response.setStatus(media.status());
    if (media.contentRange() != null) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, media.contentRange());
    }
    var length = media.length();
    if (length != null) {
      response.setContentLengthLong(length);
    }
    try {
      var sent = media.content().transferTo(response.getOutputStream());
      if (length != null && sent != length) {
        throw new IOException("Google Drive sent %d bytes of %d".formatted(sent, length));
      }
    } catch (IOException e) {
      if (response.isCommitted()) {
        throw e;
      }
      response.reset();
      throw brokenOff();
    }
  }

  static ApiProblem brokenOff() {
    return ApiProblem.later(
        ProblemType.DRIVE_BUSY, "The connection to Google Drive failed.", AGAIN);
  }

  /**
   * The file in Drive is newer than the database knows: nobody may keep its bytes as the old ones.
   */
  void notToBeKept() {
    keeping = NOT_AT_ALL;
  }

  /**
   * It is sent in place of a thumbnail, which Drive may have made a little later: nobody may hold
   * on to it as that.
   */
  void standsIn() {
    keeping = FOR_NOW;
  }

  private void mayBeKept() {
    response.setHeader(HttpHeaders.CACHE_CONTROL, keeping);
    if (!keeping.equals(NOT_AT_ALL) && !keeping.equals(FOR_NOW)) {
      response.setHeader(HttpHeaders.ETAG, etag);
    }
  }
}
