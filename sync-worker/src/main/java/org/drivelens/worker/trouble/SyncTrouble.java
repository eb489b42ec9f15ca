package org.drivelens.worker.trouble;

import java.time.Duration;
import org.drivelens.drive.DriveProblem;
import org.drivelens.event.SyncErrorCode;

/**
 * Trouble with Drive that concerns the whole event or feed, as a person reads it. Trouble with one
 * file or sub-folder never comes here.
 *
 * @param forGood not tried again by itself: only a request, or the folder itself, changes it
 * @param delay before the next attempt, at least
 */
public record SyncTrouble(SyncErrorCode code, String message, boolean forGood, Duration delay) {

  /** So many claims without any progress, and the event is taken out of the loop. */
  public static final int MOST_ATTEMPTS = 8;

  /** Most trouble with Drive is a moment's, and it is not asked often: the waits grow. */
  private static final Duration SOON = Duration.ofSeconds(2);

  /** For each claim that died or ended in what nobody foresaw: who could mend it gets minutes. */
  private static final Duration PER_ATTEMPT = Duration.ofSeconds(5);

  public static SyncTrouble of(DriveProblem problem, String robot) {
    return switch (problem) {
      case DriveProblem.CredentialsRefused p -> of(SyncErrorCode.CREDENTIALS_REFUSED, robot, true);
      case DriveProblem.DayQuotaSpent p ->
          waiting(SyncErrorCode.QUOTA_OF_DAY, robot, p.retryAfter());
      case DriveProblem.Busy p ->
          waiting(
              SyncErrorCode.DRIVE_UNAVAILABLE,
              robot,
              p.retryAfter() == null || p.retryAfter().compareTo(SOON) < 0 ? SOON : p.retryAfter());
      case DriveProblem.NotFound p -> of(SyncErrorCode.FOLDER_NOT_FOUND, robot, true);
      case DriveProblem.AccessDenied p -> of(SyncErrorCode.FOLDER_NOT_SHARED, robot, true);
      default -> waiting(SyncErrorCode.DRIVE_UNAVAILABLE, robot, SOON);
    };
  }

  /**
   * Any trouble that ends a claim.
   *
   * @param attempts claims of the event without progress, this one included
   */
  public static SyncTrouble of(RuntimeException e, String robot, int attempts) {
    return switch (e) {
      case RootTrouble root -> of(root.code(), robot, true);
      case DriveProblem problem -> of(problem, robot);
      case IncompleteListing _ -> waiting(SyncErrorCode.DRIVE_UNAVAILABLE, robot, SOON);
      default ->
          new SyncTrouble(
              SyncErrorCode.KEEPS_FAILING,
              SyncErrorCode.KEEPS_FAILING.sentence(robot),
              attempts >= MOST_ATTEMPTS,
              PER_ATTEMPT.multipliedBy(attempts));
    };
  }

  public static SyncTrouble of(SyncErrorCode code, String robot, boolean forGood) {
    return new SyncTrouble(code, code.sentence(robot), forGood, SOON);
  }

  private static SyncTrouble waiting(SyncErrorCode code, String robot, Duration delay) {
    return new SyncTrouble(code, code.sentence(robot), false, delay);
  }
}
