package org.drivelens.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Consumes requests to sync, reads Drive, and keeps the galleries in step. */
@SpringBootApplication
@EnableScheduling
public class SyncWorker {

  public static void main(String[] args) {
    SpringApplication.run(SyncWorker.class, args);
  }
}
