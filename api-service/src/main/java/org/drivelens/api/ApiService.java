package org.drivelens.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the process. */
@SpringBootApplication
public class ApiService {

  public static void main(String[] args) {
    SpringApplication.run(ApiService.class, args);
  }
}
