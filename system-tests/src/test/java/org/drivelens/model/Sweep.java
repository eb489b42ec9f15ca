package org.drivelens.model;

/** Publishes again what is due and not held. */
final class Sweep extends Actor {

  Sweep(World world) {
    super(world, "sweep");
  }

  @Override
  boolean isIdle() {
    return false;
  }

  @Override
  Actor again() {
    return new Sweep(world);
  }

  @Override
  void live() {
    while (true) {
      await(Wait.SWEEP);
      for (var event : world.events) {
        if (event.wakeAt != null && event.wakeAt <= world.now && !event.isClaimed(world.now)) {
          if (event.fullDueAt != null && event.fullDueAt <= world.now) {
            world.requestByClock(event);
          }
          event.wakeAt = world.now + 120;
          world.publish(event);
        }
      }
    }
  }
}
