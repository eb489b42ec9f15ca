package org.drivelens.api.problems;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever the container or a filter refuses, outside any controller, is a problem too. */
@Hidden
@RestController
class ContainerErrors implements ErrorController {

  @RequestMapping("/error")
  @Nullable ResponseEntity<Problem> problem(
      HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      // An answer that broke off; the container cuts the connection.
      return null;
    }
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var type = ProblemType.of(status instanceof Integer code ? code : 404);
    var asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return ResponseEntity.status(type.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            Problem.of(
                type,
                type.title() + ".",
                asked instanceof String uri ? uri : request.getRequestURI(),
                List.of()));
  }
}
