package org.drivelens.api.push;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Push")
@RestController
class PushChannelController {

  private final PushStates states;

  PushChannelController(PushStates states) {
    this.states = states;
  }

  @Schema(name = "PushChannels")
  record Channels(List<PushState> items) {}

  @Operation(
      summary = "How push is, for each change log",
      description =
          "The log of the service account, and that of each shared drive with events in it. Whatever is"
              + " said here, each is polled once a minute: push only makes changes appear sooner.")
  @GetMapping("/admin/push-channels")
  Channels pushChannels() {
    return new Channels(states.all());
  }
}
