package org.drivelens.api.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.drivelens.api.paging.Page;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Access")
@RestController
class AuditController {

  private final AuditLog audit;

  AuditController(AuditLog audit) {
    this.audit = audit;
  }

  @Operation(
      summary = "Who did what",
      description = "Every action that changed something, newest first, kept for 90 days.")
  @GetMapping("/admin/audit")
  Page<AuditLog.Entry> list(
      @Parameter(description = "Only what was done to this event.") @RequestParam(required = false)
          @Nullable EventId eventId,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return audit.page(eventId, cursor, limit);
  }
}
