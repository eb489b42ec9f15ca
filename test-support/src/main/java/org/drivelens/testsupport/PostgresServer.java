package org.drivelens.testsupport;

/** A PostgreSQL 18 server of the tests; every test class has a database of its own in it. */
sealed interface PostgresServer permits EmbeddedPostgresServer, DockerPostgresServer {

  /** The superuser, used by the harness alone; tests connect as {@link TestDatabase#USER}. */
  String SUPERUSER = "postgres";

  String host();

  int port();

  /**
   * Ends the server in order, as a service manager does (every connection is closed), and starts it
   * again on the same port and data; returns when it takes connections.
   */
  void restart();

  /** JDBC address of one database of this server. */
  default String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database);
  }
}
