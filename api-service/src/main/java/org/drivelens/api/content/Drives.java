package org.drivelens.api.content;

import javax.sql.DataSource;
import org.drivelens.drive.DriveMeters;
import org.drivelens.drive.DriveProperties;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.drivelens.drive.QuotaProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The client of Google Drive, for people who look at images: they come before all syncs. It opens
 * nothing: galleries are served without Drive as well.
 */
@Configuration(proxyBeanMethods = false)
class Drives {

  @Bean(destroyMethod = "close")
  GoogleDrive googleDrive(Environment environment, DataSource database) {
    var settings = Binder.get(environment);
    return new GoogleDrive(
            settings.bindOrCreate("drivelens.drive", DriveProperties.class),
            settings.bindOrCreate("drivelens.quota", QuotaProperties.class),
            database)
        .at(Priority.VIEWER);
  }

  @Bean
  DriveMeters driveMeters(GoogleDrive drive) {
    return new DriveMeters(drive);
  }
}
