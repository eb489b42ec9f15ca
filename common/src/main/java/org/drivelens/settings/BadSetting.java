package org.drivelens.settings;

/**
 * A setting with which nothing can start. Its message is all that the operator is shown: a sentence
 * with the setting's name and what it must be.
 */
public final class BadSetting extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param sentence without what may be secret in the setting
   */
  public BadSetting(String sentence) {
    super(sentence);
  }
}
