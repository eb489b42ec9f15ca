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
          Map.entry("authError", "Invalid Credentials"),
          Map.entry(
              "insufficientFilePermissions",
              "The user does not have sufficient permissions for this file."),
          Map.entry("insufficientPermissions", "Insufficient Permission"),
          Map.entry("domainPolicy", "The domain administrators have disabled Drive apps."),
          Map.entry(
              "accessNotConfigured",
              "Google Drive API has not been used in project 1 before or it is disabled."),
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
      case "accessNotConfigured" -> error.domain("usageLimits").status("PERMISSION_DENIED");
      case "authError" -> error.at("Authorization", "header").status("UNAUTHENTICATED");
      case "notFound" -> error.at("fileId");
      case "invalid", "pageTokenExpired" -> error.at("pageToken");
      default -> error;
    };
  }
}
