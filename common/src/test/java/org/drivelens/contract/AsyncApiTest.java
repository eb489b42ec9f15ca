package org.drivelens.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.amqp.core.MessageProperties;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** docs/asyncapi.yaml describes every message just as it is published. */
class AsyncApiTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode DESCRIPTION = read();
  private static final EventId EVENT = new EventId(UUID.randomUUID());
  private static final UUID ID = UUID.randomUUID();

  static Stream<Object> everyMessage() {
    var all = new ArrayList<Object>();
    for (var trigger : Trigger.values()) {
      all.add(Command.SyncRequested.of(EVENT, trigger));
    }
    for (var code : SyncErrorCode.values()) {
      all.add(new Notice.SyncFailed(ID, EVENT, code));
    }
    for (var target : Command.CleanUpDue.Target.values()) {
      all.add(new Command.CleanUpDue(Instant.EPOCH, target));
    }
    all.addAll(
        List.of(
            new Command.FeedPollRequested(null),
            new Command.FeedPollRequested(ID),
            new Command.SyncDue(Instant.EPOCH),
            new Command.MarkDue(Instant.EPOCH),
            new Notice.SyncFinished(ID, EVENT)));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void is_published_as_it_is_described(Object message) {
    var sent = new ContractConverter().toMessage(message, new MessageProperties());
    var name = Objects.requireNonNull(sent.getMessageProperties().getType());
    assertThat(schema(name, "payload").validate(JSON.readTree(sent.getBody()))).isEmpty();
    var headers = JSON.valueToTree(sent.getMessageProperties().getHeaders());
    assertThat(schema(name, "headers").validate(headers)).isEmpty();
    var address =
        switch (message) {
          case Command command -> command.queue();
          case Notice notice -> notice.topic();
          default -> throw new AssertionError(message);
        };
    assertThat(DESCRIPTION.at("/channels").get(address).get("messages").has(name)).isTrue();
  }

  @Test
  void nothing_is_missing_and_nothing_is_invented() {
    var records =
        Stream.concat(
                Stream.concat(
                    Arrays.stream(Command.class.getPermittedSubclasses()),
                    Arrays.stream(Command.Tick.class.getPermittedSubclasses())),
                Arrays.stream(Notice.class.getPermittedSubclasses()))
            .filter(Class::isRecord)
            .map(Class::getSimpleName)
            .toList();
    assertThat(DESCRIPTION.at("/components/messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(records);
    assertThat(everyMessage().map(m -> m.getClass().getSimpleName()).distinct())
        .containsExactlyInAnyOrderElementsOf(records);
  }

  /** The description is the root, so that its own references lead somewhere. */
  private static Schema schema(String message, String part) {
    var root = (ObjectNode) DESCRIPTION.deepCopy();
    root.put("$ref", "#/components/messages/" + message + "/" + part);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  private static JsonNode read() {
    try {
      return JSON.valueToTree(new Yaml().load(Files.readString(Path.of("../docs/asyncapi.yaml"))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
