package org.drivelens.worker.drive;

import javax.sql.DataSource;
import org.drivelens.drive.DriveProperties;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.QuotaProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The Drive client, with the settings {@code drivelens.drive.*} and {@code drivelens.quota.*}. */
@Configuration(proxyBeanMethods = false)
class DriveAccess {

  /** Also writes the quota setting into the row of the fleet. */
  @Bean(destroyMethod = "close")
  GoogleDrive googleDrive(Environment environment, DataSource dataSource) {
    var settings = Binder.get(environment);
    var drive =
        new GoogleDrive(
            settings.bindOrCreate("drivelens.drive", DriveProperties.class),
            settings.bindOrCreate("drivelens.quota", QuotaProperties.class),
            dataSource);
    // Fails here, with a sentence, when there is no key: a worker without one can do nothing.
    drive.robot();
    drive.quota().ensureRow();
    return drive;
  }
}
