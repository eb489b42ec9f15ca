package org.drivelens.emulator.drive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Request;

/** The rules of pageSize, the same for files and changes. */
final class Paging {

  private static final int LARGEST = 1000;
  private static final int DEFAULT = 100;

  private Paging() {}

  /** drive-api 2, "pageSize contradictions": refused outside 1 to 1000. */
  static int size(Request request, Faults faults) {
    int size = Math.min(size(request, DEFAULT, LARGEST), faults.longestPage());
    String page = request.path() + request.parameters();
    return faults.oddities().strikes(Oddity.SHORT_PAGES, page)
        ? 1 + faults.oddities().draw("length of " + page, size)
        : size;
  }

  static int size(Request request, int otherwise, int largest) {
    String text = request.parameter("pageSize");
    if (text == null) {
      return otherwise;
    }
    int size;
    try {
      size = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw notANumber(text);
    }
    if (size < 1 || size > largest) {
      throw new GoogleError(
              400,
              "invalidParameter",
              "Invalid value '"
                  + size
                  + "'. Values must be within the range: [value: 1\n, value: "
                  + largest
                  + "\n]")
          .at("page_size");
    }
    return size;
  }

  private static GoogleError notANumber(String text) {
    String message = "Invalid value at 'page_size' (TYPE_INT32), \"" + text + "\"";
    var violation = new LinkedHashMap<String, Object>();
    violation.put("field", "page_size");
    violation.put("description", message);
    return new GoogleError(400, "invalid", message)
        .domain(null)
        .status("INVALID_ARGUMENT")
        .details(
            Map.of(
                "@type",
                "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations",
                List.of(violation)));
  }
}
