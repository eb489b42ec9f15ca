package org.drivelens.emulator.wire;

import tools.jackson.databind.json.JsonMapper;

/** The one mapper; a second one would only cost time at the start. */
public final class Json {

  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}
}
