package org.drivelens.worker.metrics;

import org.drivelens.drive.DriveMeters;
import org.drivelens.drive.GoogleDrive;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Observes this worker's calls to Drive. */
@Configuration(proxyBeanMethods = false)
class DriveMetersOfWorker {

  @Bean
  DriveMeters driveMeters(GoogleDrive drive) {
    return new DriveMeters(drive);
  }
}
