package org.drivelens.api.input;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * A text that can be stored and shown: no control characters (PostgreSQL refuses U+0000), no half
 * of a surrogate pair, and not too long. Null is valid.
 */
@Retention(RUNTIME)
@Target({FIELD, PARAMETER})
@Constraint(validatedBy = PlainText.Check.class)
public @interface PlainText {

  /** How many characters (Unicode code points) it may have. */
  int max();

  /** Whether line breaks and tabs are fine. */
  boolean lines() default false;

  String message() default "is not plain text";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** The check itself; it says which of the rules is broken. */
  final class Check implements ConstraintValidator<PlainText, String> {

    private int max;
    private boolean lines;

    @Override
    public void initialize(PlainText rule) {
      max = rule.max();
      lines = rule.lines();
    }

    @Override
    public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
      var complaint = text == null ? null : complaint(text);
      if (complaint == null) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      context.buildConstraintViolationWithTemplate(complaint).addConstraintViolation();
      return false;
    }

    private @Nullable String complaint(String text) {
      if (text.codePointCount(0, text.length()) > max) {
        return "must have at most " + max + " characters";
      }
      if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
        return "must not contain half of a surrogate pair";
      }
      if (text.codePoints().anyMatch(c -> Character.isISOControl(c) && !allowed(c))) {
        return "must not contain control characters";
      }
      return null;
    }

    private boolean allowed(int c) {
      return lines && (c == '\n' || c == '\r' || c == '\t');
    }
  }
}
