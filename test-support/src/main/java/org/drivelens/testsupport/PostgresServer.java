package org.drivelens.testsupport;

/** A PostgreSQL 18 server of the tests; every test class has a database of its own in it. */
sealed interface PostgresServer permits EmbeddedPostgresServer, DockerPostgresServer {

  /** The superuser, used by the harness alone; tests connect as {@link TestDatabase#USER}. */
  String SUPERUSER = "postgres";

  String host();

  int port();

  /** JDBC address of one database of this server. */
  default String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database);
  }
}
