package org.drivelens.worker.photos;

import java.time.Duration;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When photos that seem to be gone are kept all the same (prefix {@code drivelens.removals}): if
 * they are more than so many <em>and</em> more than such a part of the gallery.
 *
 * @param heldAbovePhotos how many may go on a doubt
 * @param heldAbovePercent which part of a gallery may go on a doubt; 100 holds nothing
 * @param within over how long they are counted
 */
@ConfigurationProperties("drivelens.removals")
public record RemovalProperties(
    @DefaultValue("50") int heldAbovePhotos,
    @DefaultValue("20") int heldAbovePercent,
    @DefaultValue("24h") Duration within) {

  public RemovalProperties {
    if (heldAbovePhotos < 0
        || heldAbovePercent < 0
        || heldAbovePercent > 100
        || !within.isPositive()) {
      throw new BadSetting(
          "drivelens.removals: held-above-photos is 0 or more, held-above-percent 0 to 100, within positive");
    }
  }

  /**
   * @param doubtful photos that seem to be gone, with those that went on a doubt within the time
   * @param gallery the photos of the gallery when none of these was gone
   */
  boolean holds(long doubtful, long gallery) {
    return doubtful > heldAbovePhotos && doubtful * 100 > gallery * heldAbovePercent;
  }
}
