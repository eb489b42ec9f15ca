package org.drivelens.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the process. */
@SpringBootApplication
public class SyncWorker {

  public static void main(String[] args) {
    SpringApplication.run(SyncWorker.class, args);
  }
}
