package org.drivelens.emulator.fault;

import java.util.Map;
import org.drivelens.emulator.wire.GoogleError;

/** Google's words for each reason (drive-api 7). */
final class GoogleReasons {

  private static final Map<String, String> MESSAGES =
      Map.ofEntries(
          Map.entry("rateLimitExceeded", "Rate Limit Exceeded"),
          Map.entry("userRateLimitExceeded", "User Rate Limit Exceeded"),
          Map.entry("dailyLimitExceeded", "Daily Limit Exceeded"),
          Map.entry("backendError", "Backend Error"),
          Map.entry("internalError", "Internal Error"),
          Map.entry("notFound", "File not found: ."),
          Map.entry("invalid", "Invalid Value"),
          Map.entry("badRequest", "Bad Request"),
          Map.entry(
              "authError",
              "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
                  + " cookie or other valid authentication credential. See"
                  + " https://developers.google.com/identity/sign-in/web/devconsole-project."),
          Map.entry(
              "insufficientFilePermissions",
              "The user does not have sufficient permissions for this file."),
          Map.entry("insufficientPermissions", "Request had insufficient authentication scopes."),
          Map.entry("domainPolicy", "The domain administrators have disabled Drive apps."),
          Map.entry(
              "accessNotConfigured",
              "Google Drive API has not been used in project 123456789012 before or it is disabled."
                  + " Enable it by visiting"
                  + " https://console.developers.google.com/apis/api/drive.googleapis.com/overview?project=123456789012"
                  + " then retry. If you enabled this API recently, wait a few minutes for the"
                  + " action to propagate to our systems and retry."),
          Map.entry(
              "appNotAuthorizedToFile",
              "The user has not granted the app 123456789012 read access to the file."),
          Map.entry(
              "fileNotDownloadable",
              "Only files with binary content can be downloaded. Use Export with Docs Editors"
                  + " files."),
          Map.entry(
              "supportsTeamDrivesRequired", "The supportsAllDrives parameter was not set to true."),
          Map.entry(
              "forbidden",
              "Method doesn't allow unregistered callers (callers without established identity)."
                  + " Please use API Key or other form of API consumer identity to call this API."),
          Map.entry(
              "teamDriveMembershipRequired",
              "The attempted action requires shared drive membership."),
          Map.entry(
              "pageTokenExpired",
              "The specified page token has expired, and can no longer be used."),
          Map.entry("downloadQuotaExceeded", "The download quota for this file has been exceeded."),
          Map.entry(
              "cannotDownloadAbusiveFile",
              "This file has been identified as malware or spam and cannot be downloaded."));

  private GoogleReasons() {}

  static GoogleError error(int code, String reason) {
    var error = new GoogleError(code, reason, MESSAGES.getOrDefault(reason, reason));
    return switch (reason) {
      case "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded" ->
          error.domain("usageLimits");
      case "accessNotConfigured" ->
          error
              .domain("usageLimits")
              .status("PERMISSION_DENIED")
              .details(detail("SERVICE_DISABLED"));
      case "insufficientPermissions" ->
          error
              .inner("Insufficient Permission")
              .status("PERMISSION_DENIED")
              .details(detail("ACCESS_TOKEN_SCOPE_INSUFFICIENT"));
      case "forbidden" -> error.status("PERMISSION_DENIED");
      case "fileNotDownloadable" -> error.at("alt");
      case "authError" ->
          error
              .inner("Invalid Credentials")
              .at("Authorization", "header")
              .status("UNAUTHENTICATED");
      case "notFound" -> error.at("fileId");
      case "invalid", "pageTokenExpired" -> error.at("pageToken");
      default -> error;
    };
  }

  private static Map<String, Object> detail(String reason) {
    return Map.of(
        "@type",
        "type.googleapis.com/google.rpc.ErrorInfo",
        "reason",
        reason,
        "domain",
        "googleapis.com");
  }
}
