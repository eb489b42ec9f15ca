package org.drivelens.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Queues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageBuilderSupport;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.annotation.Autowired;

/** A message that nobody can read or handle ends where it is seen, and holds up nobody. */
class DeadLettersAreKeptTest extends GalleryTest {

  @Autowired RabbitTemplate rabbit;
  @Autowired RabbitListenerEndpointRegistry listeners;

  @Test
  void what_is_no_message_of_ours_is_stored_as_far_as_it_can_be_printed() {
    var event = UUID.randomUUID();
    var body = "{\"eventId\": \"" + event + "\", \"x\": \"\u0000\u001b[31m" + "y".repeat(5_000);
    send(
        Queues.SYNC_REQUESTED,
        MessageBuilder.withBody(body.getBytes(UTF_8)).setType("SyncRequested"));

    var letter = awaitLetter(event);
    assertThat(letter)
        .containsEntry("queue", "sync.requested")
        .containsEntry("reason", "UNREADABLE")
        .containsEntry("message_type", "SyncRequested")
        .containsEntry("payload_bytes", body.length());
    assertThat(String.valueOf(letter.get("payload")))
        .hasSize(2_000)
        .startsWith("{\"eventId\"")
        .doesNotContain("\u001b");
    assertThat(String.valueOf(letter.get("detail"))).endsWith(".").doesNotContain("Exception");
  }

  @Test
  void bytes_of_any_kind_of_any_queue_are_stored_and_syncs_go_on() {
    var queues = List.of(Queues.SYNC_REQUESTED, Queues.SYNC_REQUESTED_BULK, Queues.FEED_POLL);
    var before = count("true");
    for (var queue : queues) {
      send(queue, MessageBuilder.withBody(new byte[] {(byte) 0xff, 0, (byte) 0xc3, '('}));
      send(
          queue,
          MessageBuilder.withBody(new byte[0])
              .setType("no such type")
              .setHeader("x-death", "mine"));
      // A class for the converter to make, a priority that no queue has, and a megabyte.
      send(
          queue,
          MessageBuilder.withBody(new byte[1 << 20])
              .setHeader("__TypeId__", "java.lang.Runtime")
              .setContentType("application/x-java-serialized-object")
              .setPriority(255));
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(count("true")).isEqualTo(before + 9));
    for (var queue : queues) {
      assertThat(count("queue = '" + queue + "'")).isGreaterThanOrEqualTo(3);
    }
    library.seedImages(root, "p", 2);
    assertGalleryIsFolder(aSyncedEventOn(root), root);
  }

  @Test
  void what_can_be_read_and_not_handled_says_so() {
    send(
        Queues.SYNC_REQUESTED,
        MessageBuilder.withBody("{\"trigger\": \"MANUAL\", \"urgent\": true}".getBytes(UTF_8))
            .setType("SyncRequested")
            .setHeader("version", 1)
            .setMessageId("without-event"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(count("reason = 'FAILED' and message_id = 'without-event'")).isEqualTo(1));
  }

  @Test
  void what_its_workers_die_over_again_and_again_is_taken_out_by_the_broker() {
    var container = Objects.requireNonNull(listeners.getListenerContainer(Queues.FEED_POLL));

    container.stop();
    try {
      var poison = UUID.randomUUID();
      publisher.nudge(new FeedPollRequested(poison));
      // As a worker that is killed: the message is handed out and the channel goes.
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            rabbit.execute(channel -> {
              channel.basicGet(Queues.FEED_POLL, false);
              channel.abort();
              return true;
            });
            return count("reason = 'KILLS_WORKERS' and payload like '%" + poison + "%'") == 1;
          });
    } finally {
      container.start();
    }
    library.seedImages(root, "p", 2);
    assertGalleryIsFolder(aSyncedEventOn(root), root);
  }

  private void send(String queue, MessageBuilderSupport<Message> message) {
    rabbit.send(Queues.COMMANDS, queue, message.build());
  }

  private Map<String, @Nullable Object> awaitLetter(UUID event) {
    await().atMost(SOON).until(() -> count("event_id = '" + event + "'") == 1);
    return jdbc.sql("select * from dead_letter where event_id = :e")
        .param("e", event)
        .query()
        .singleRow();
  }

  private int count(String condition) {
    return jdbc.sql("select count(*) from dead_letter where " + condition)
        .query(Integer.class)
        .single();
  }
}
