package org.drivelens.api;

import org.drivelens.schema.OneAtATime;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts the process. */
@SpringBootApplication
@Import(OneAtATime.class)
public class ApiService {

  public static void main(String[] args) {
    SpringApplication.run(ApiService.class, args);
  }
}
