package org.drivelens.worker.heartbeat;

/** How this process is named in leases and in the list of workers. */
public final class WorkerName {

  /** Its process id and its machine. */
  public static final String HERE =
      ProcessHandle.current().pid() + "@" + System.getenv().getOrDefault("HOSTNAME", "localhost");

  private WorkerName() {}
}
