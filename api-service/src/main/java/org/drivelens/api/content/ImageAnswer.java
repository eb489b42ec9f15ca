package org.drivelens.api.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.drive.Media;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * The answer to one request for an image: its headers, which keep a browser from running what it
 * gets, then its bytes as they come.
 */
final class ImageAnswer {

  private static final String FOR_EVER = "private, max-age=31536000, immutable";
  private static final String NOT_AT_ALL = "private, no-store";
  private static final String ASK_AGAIN = "private, no-cache";
  private static final Pattern UNFIT_IN_NAMES =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}/\\\\:*?\"<>|]");
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int LONGEST_NAME = 150;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Original original;
  private final String etag;

  private String keeping;

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
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    var disposition = raster ? ContentDisposition.inline() : ContentDisposition.attachment();
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        disposition.filename(fileName(), StandardCharsets.UTF_8).build().toString());
  }

  /** Nothing that a file system, a header or a reader could take for something else. */
  private String fileName() {
    var plain = UNFIT_IN_NAMES.matcher(original.name()).replaceAll("_").strip();
    var end =
        plain.offsetByCodePoints(
            0, Math.min(LONGEST_NAME, plain.codePointCount(0, plain.length())));
    var name = plain.substring(0, end);
    return name.isEmpty() || name.startsWith(".") ? "photo" + name : name;
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
      throw ApiProblem.later(
          ProblemType.DRIVE_BUSY, "The connection to Google Drive failed.", AGAIN);
    }
  }

  /**
   * The file in Drive is newer than the database knows: nobody may keep its bytes as the old ones.
   */
  void notToBeKept() {
    keeping = NOT_AT_ALL;
  }

  private void mayBeKept() {
    response.setHeader(HttpHeaders.CACHE_CONTROL, keeping);
    if (!keeping.equals(NOT_AT_ALL)) {
      response.setHeader(HttpHeaders.ETAG, etag);
    }
  }
}
