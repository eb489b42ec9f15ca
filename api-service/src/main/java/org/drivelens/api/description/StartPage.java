package org.drivelens.api.description;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whoever opens the address of the API in a browser gets the try-it page. */
@Hidden
@RestController
class StartPage {

  @GetMapping("/")
  ResponseEntity<Void> tryIt() {
    return ResponseEntity.status(HttpStatus.FOUND)
        .location(URI.create("/swagger-ui/index.html"))
        .build();
  }
}
