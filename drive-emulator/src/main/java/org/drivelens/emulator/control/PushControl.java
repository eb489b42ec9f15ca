package org.drivelens.emulator.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.push.Channel;
import org.drivelens.emulator.push.Channels;
import org.drivelens.emulator.wire.Reply;
import org.jspecify.annotations.Nullable;

/** Shows and ends push channels. */
final class PushControl {

  private final Channels channels;

  PushControl(Channels channels) {
    this.channels = channels;
  }

  Reply show() {
    var json = new LinkedHashMap<String, Object>();
    json.put("httpAllowedHere", channels.isHttpAllowedHere());
    json.put("channels", channels.list().stream().map(PushControl::json).toList());
    json.put("sent", channels.sent());
    return Reply.pretty(200, json);
  }

  private static Map<String, Object> json(Channel channel) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", channel.id());
    json.put("resourceId", channel.resourceId());
    json.put("address", channel.address().toString());
    json.put("expiration", channel.expiration().toString());
    json.put("of", channel.fileId() == null ? "changes" : channel.fileId());
    return json;
  }

  Reply set(Input input) {
    if (input.has("allowHttp")) {
      channels.allowHttpHere(input.flag("allowHttp"));
    }
    if (input.has("retryMillis")) {
      channels.pauseBeforeRetry(Duration.ofMillis(input.number("retryMillis", 1000)));
    }
    return show();
  }

  @Nullable Reply expire(String id) {
    return channels.expire(id) ? Reply.pretty(200, Map.of("expired", id)) : null;
  }
}
