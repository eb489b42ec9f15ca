package org.drivelens.worker;

import org.drivelens.schema.OneAtATime;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Consumes requests to sync, reads Drive, and keeps the galleries in step. */
@SpringBootApplication
@EnableScheduling
@Import(OneAtATime.class)
public class SyncWorker {

  public static void main(String[] args) {
    SpringApplication.run(SyncWorker.class, args);
  }
}
