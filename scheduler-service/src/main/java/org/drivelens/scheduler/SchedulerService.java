package org.drivelens.scheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the process. */
@SpringBootApplication
public class SchedulerService {

  public static void main(String[] args) {
    SpringApplication.run(SchedulerService.class, args);
  }
}
