package org.drivelens.api.problems;

import java.time.Duration;
import java.util.Objects;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.DriveProblem.AccessDenied;
import org.drivelens.drive.DriveProblem.BadRequest;
import org.drivelens.drive.DriveProblem.Busy;
import org.drivelens.drive.DriveProblem.ChannelRefused;
import org.drivelens.drive.DriveProblem.ContentRefused;
import org.drivelens.drive.DriveProblem.CredentialsRefused;
import org.drivelens.drive.DriveProblem.DayQuotaSpent;
import org.drivelens.drive.DriveProblem.NotFound;
import org.drivelens.drive.DriveProblem.RangeNotSatisfiable;
import org.drivelens.drive.DriveProblem.TokenRejected;
import org.drivelens.drive.DriveProblem.Unreadable;

/** What a viewer is told when Drive does not do as asked; the sentences are the client's own. */
final class DriveTrouble {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration IN_AN_HOUR = Duration.ofHours(1);

  private DriveTrouble() {}

  static ApiProblem of(DriveProblem trouble) {
    var sentence = Objects.requireNonNullElse(trouble.getMessage(), "Google Drive has a problem.");
    return switch (trouble) {
      case Busy busy ->
          ApiProblem.later(
              ProblemType.DRIVE_BUSY,
              sentence,
              Objects.requireNonNullElse(busy.retryAfter(), SOON));
      case DayQuotaSpent _ -> ApiProblem.later(ProblemType.DRIVE_BUSY, sentence, IN_AN_HOUR);
      case NotFound _ -> ApiProblem.of(ProblemType.PHOTO_GONE, sentence);
      case CredentialsRefused _ -> ApiProblem.of(ProblemType.DRIVE_CREDENTIALS, sentence);
      case RangeNotSatisfiable _ -> ApiProblem.of(ProblemType.RANGE_NOT_SATISFIABLE, sentence);
      case AccessDenied _,
          ContentRefused _,
          TokenRejected _,
          ChannelRefused _,
          BadRequest _,
          Unreadable _ ->
          ApiProblem.of(ProblemType.DRIVE_FAILED, sentence);
    };
  }
}
