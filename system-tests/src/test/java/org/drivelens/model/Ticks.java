package org.drivelens.model;

/** The scheduler: events in ERROR are tried again from time to time. */
final class Ticks extends Actor {

  Ticks(World world) {
    super(world, "ticks");
  }

  @Override
  boolean isIdle() {
    return false;
  }

  @Override
  Actor again() {
    return new Ticks(world);
  }

  @Override
  void live() {
    while (true) {
      await(Wait.TICK);
      for (var event : world.events) {
        if (event.error != null && world.keeps(Rule.ERRORS_TRIED_AGAIN)) {
          world.request(event, false);
        }
      }
    }
  }
}
