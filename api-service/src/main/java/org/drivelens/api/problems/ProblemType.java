package org.drivelens.api.problems;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of problem a caller can meet. Their URIs are stable: programs may branch on them. */
public enum ProblemType {
  INVALID_REQUEST(
      HttpStatus.BAD_REQUEST,
      "The request is not valid",
      "One or more fields or parameters are missing, unknown or not as they should be. `errors`"
          + " names each of them and says what is expected."),
  MALFORMED_JSON(
      HttpStatus.BAD_REQUEST,
      "The body is not valid JSON",
      "The body could not be read as JSON: it is cut off, nested too deeply, names a field twice,"
          + " or is not JSON at all."),
  INVALID_FOLDER_URL(
      HttpStatus.BAD_REQUEST,
      "This is not the link of a Google Drive folder",
      "Open the folder in Google Drive and copy the address, or use \"Copy link\" in its Share"
          + " dialog. It looks like"
          + " https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345. Links of"
          + " single files and of other sites are refused."),
  INVALID_CURSOR(
      HttpStatus.BAD_REQUEST,
      "The cursor does not fit",
      "A cursor leads to the next page of the very list it came from: the same event, filter and"
          + " order. Take it from `nextCursor` unchanged, or leave it out to begin with the first"
          + " page."),
  UNKNOWN_EVENTS(
      HttpStatus.BAD_REQUEST,
      "Some of these events do not exist",
      "`errors` names the ids that belong to no event (any more). Nothing was asked for the others"
          + " either."),
  UNKNOWN_PHOTOS(
      HttpStatus.BAD_REQUEST,
      "Some of these photos are not in the gallery",
      "`errors` names the ids that belong to no photo of this event (any more). No link was made."),
  UNAUTHORIZED(
      HttpStatus.UNAUTHORIZED,
      "The token is missing or wrong",
      "Send the header `Authorization: Bearer TOKEN` with a token that an operator made"
          + " (`/admin/tokens`) or set as DRIVELENS_ADMIN_TOKEN. A page logs in once, at"
          + " `/session`."),
  FORBIDDEN(
      HttpStatus.FORBIDDEN,
      "This is not allowed",
      "The caller is known but may not do this: its role is too small, or a page did not send the"
          + " CSRF token of its session."),
  NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is nothing here",
      "The event, photo or page does not exist, or was deleted."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "This method is not possible here",
      "The header `Allow` says which methods are."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "No answer in this format",
      "Answers are JSON (problems: application/problem+json); the header `Accept` must allow it."),
  PAUSED(
      HttpStatus.CONFLICT,
      "Syncing is paused",
      "Somebody paused this event, or all of them, and `detail` says who and when. Resume it first."),
  FOLDER_MISSING(
      HttpStatus.CONFLICT,
      "The event has no Google Drive folder",
      "Only an event with a folder can be synced. Set `googleDriveUrl` of the event first."),
  DOWNLOAD_OVER(
      HttpStatus.GONE,
      "This download link is over",
      "It has expired or was revoked, or its event was deleted or follows another folder now. Ask"
          + " whoever gave you the link for a new one."),
  NO_EVENT_NAMED(
      HttpStatus.CONFLICT,
      "This dead letter leads to no event",
      "It names no event, or one that was deleted: there is nothing to sync. It can be discarded."),
  NOTHING_HELD(
      HttpStatus.CONFLICT,
      "No removal is held",
      "The photos that seemed to be gone were seen again, were removed, or nobody missed any. The"
          + " `heldRemoval` of `sync-status` says what is held."),
  NOBODY_TO_TELL(
      HttpStatus.CONFLICT,
      "Nobody is set to be told of alerts",
      "Set DRIVELENS_ALERTS_MAIL_TO or DRIVELENS_ALERTS_WEBHOOK_URLS, and what belongs to it, and start"
          + " the API again. Alerts are shown on the dashboard all the same."),
  BODY_TOO_LARGE(
      HttpStatus.CONTENT_TOO_LARGE,
      "The body is too large",
      "A request body may have 1 MiB at most."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "The body is not sent as JSON",
      "Send `Content-Type: application/json` (for PATCH also application/merge-patch+json)."),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The Idempotency-Key was used for something else",
      "A key stands for one request: the same body may be sent again under it for a day, another"
          + " body needs another key."),
  TOO_MANY_REQUESTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many requests",
      "One client may make only so many requests a minute. `Retry-After` says when to go on."),
  RANGE_NOT_SATISFIABLE(
      HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
      "The range lies outside the file",
      "The header `Content-Range` says how long the file is."),
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Drivelens made a mistake",
      "This should not happen. The log of the API holds the cause under the number in `detail`."),
  PHOTO_GONE(
      HttpStatus.NOT_FOUND,
      "Google Drive no longer gives this photo",
      "It was removed or unshared in Google Drive; the next sync takes it out of the gallery."),
  DRIVE_FAILED(
      HttpStatus.BAD_GATEWAY,
      "Google Drive refuses or gave an unusable answer",
      "The gallery is not affected; only this image cannot be shown now."),
  DRIVE_BUSY(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Google Drive is busy",
      "Google Drive or our quota of calls to it is exhausted for the moment. `Retry-After` says"
          + " when to try again."),
  CONTENT_BUSY(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Too many images or downloads are being sent",
      "Browsing goes on; images and downloads wait. `Retry-After` says when to try again."),
  DRIVE_CREDENTIALS(
      HttpStatus.BAD_GATEWAY,
      "Drivelens cannot sign in to Google Drive",
      "The operator must set GOOGLE_APPLICATION_CREDENTIALS to the key file of a service account"
          + " that still exists. Galleries are shown all the same."),
  BROKER_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The message broker does not take it",
      "Nothing was begun. `Retry-After` says when to try again."),
  DATABASE_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "The database does not answer",
      "Nothing was changed unless an answer said so. `Retry-After` says when to try again.");

  private final HttpStatus status;
  private final String title;
  private final String explanation;

  ProblemType(HttpStatus status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  public HttpStatus status() {
    return status;
  }

  String title() {
    return title;
  }

  String explanation() {
    return explanation;
  }

  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Relative to the address of the API, where it is a page. */
  String uri() {
    return "/problems/" + slug();
  }

  /** The type for a status that something other than our own code decided. */
  static ProblemType of(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 416 -> RANGE_NOT_SATISFIABLE;
      case 429 -> TOO_MANY_REQUESTS;
      default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    };
  }
}
