package org.drivelens.api.downloads;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.coyote.CloseNowException;
import org.drivelens.api.content.ByteRange;
import org.drivelens.api.content.FileNames;
import org.drivelens.api.content.Turns;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends a selection as a ZIP, whole or from where an earlier download of it ended. */
@Component
@EnableConfigurationProperties(DownloadProperties.class)
class ZipSending {

  private static final Logger log = LoggerFactory.getLogger(ZipSending.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Selections selections;
  private final Checks checks;
  private final GoogleDrive drive;
  private final Turns turns;

  ZipSending(
      Selections selections, Checks checks, GoogleDrive drive, DownloadProperties properties) {
    this.selections = selections;
    this.checks = checks;
    // After images, which people wait for.
    this.drive = drive.at(Priority.INTERACTIVE);
    turns =
        new Turns(
            properties.atOnce(),
            properties.patience(),
            "Too many downloads are being sent. Try again soon.");
  }

  /** A ZIP, and the part of it that is sent. */
  private record Answer(Zip zip, @Nullable ByteRange range) {

    long first() {
      return range == null ? 0 : range.first(zip.archive().length());
    }

    long end() {
      return range == null ? zip.archive().length() : range.end(zip.archive().length());
    }
  }

  void send(
      HttpServletRequest request,
      HttpServletResponse response,
      Selection selection,
      boolean folders)
      throws IOException {
    try (var _ = turns.take()) {
      var answer = answer(request, response, selection, folders);
      headers(response, selection, answer);
      if (!"HEAD".equals(request.getMethod())) {
        body(response, selection, answer);
      }
    }
  }

  /**
   * A download that goes on does so in the very archive that it began, so nothing is asked anew.
   * Where it cannot go on, and whenever one begins, every photo is looked at first.
   */
  private Answer answer(
      HttpServletRequest request,
      HttpServletResponse response,
      Selection selection,
      boolean folders) {
    var items = selections.items(selection.id());
    if (selection.missing() != null && request.getHeader(HttpHeaders.RANGE) != null) {
      var begun = zip(selection, items, Missing.read(selection.missing()), folders);
      var range = range(request, response, begun);
      if (range != null && range.first(begun.archive().length()) > 0) {
        return new Answer(begun, range);
      }
    }
    var missing = checks.missing(items);
    selections.keep(selection.id(), missing);
    var fresh = zip(selection, items, missing, folders);
    return new Answer(fresh, range(request, response, fresh));
  }

  private Zip zip(
      Selection selection, List<Selection.Item> items, Missing missing, boolean folders) {
    return Zip.of(selection, items, missing, folders, drive, selections);
  }

  /** The range asked for, if this archive can be sent from there; null if it is sent whole. */
  private static @Nullable ByteRange range(
      HttpServletRequest request, HttpServletResponse response, Zip zip) {
    var range =
        ByteRange.of(
            request.getHeader(HttpHeaders.RANGE),
            request.getHeader(HttpHeaders.IF_RANGE),
            zip.etag());
    if (range == null || range.isBackwards()) {
      return null;
    }
    var length = zip.archive().length();
    if (range.isOutside(length)) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
      throw ApiProblem.of(ProblemType.RANGE_NOT_SATISFIABLE, "The range lies outside the ZIP.");
    }
    return zip.archive().canBeginAt(range.first(length)) ? range : null;
  }

  private static void headers(HttpServletResponse response, Selection selection, Answer answer) {
    var zip = answer.zip();
    response.setContentType("application/zip");
    response.setContentLengthLong(answer.end() - answer.first());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(false, selection.fileName()));
    response.setHeader(HttpHeaders.ETAG, zip.etag());
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    if (answer.range() != null) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(
          HttpHeaders.CONTENT_RANGE,
          "bytes %d-%d/%d".formatted(answer.first(), answer.end() - 1, zip.archive().length()));
    }
  }

  /** After an error the container is told to cut the connection: no half is taken for the whole. */
  private static void body(HttpServletResponse response, Selection selection, Answer answer)
      throws IOException {
    try {
      answer.zip().archive().write(response.getOutputStream(), answer.first(), answer.end());
    } catch (IOException e) {
      log.info("download {} broke off: {}", selection.id(), e.getMessage());
      if (response.isCommitted()) {
        throw new CloseNowException("the download broke off", e);
      }
      response.reset();
      throw ApiProblem.later(
          ProblemType.DRIVE_BUSY,
          "A photo could not be read from Google Drive. Begin the download again.",
          AGAIN);
    }
  }
}
