package org.drivelens.testsupport;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The PostgreSQL database of one test class: the whole schema, no rows, nobody else's.
 *
 * <p>The user owns the database but is no superuser, as in production.
 */
public final class TestDatabase implements AutoCloseable {

  /** Name and password of the user that the services and the tests connect as. */
  static final String USER = "drivelens";

  private final String url;
  private @Nullable HikariDataSource pool;

  private TestDatabase(String url) {
    this.url = url;
  }

  /** A new database with the whole schema; the name only helps whoever looks at the server. */
  public static TestDatabase withSchema(String readableName) {
    return new TestDatabase(TemplateDatabase.copy(readableName));
  }

  /** Another new database, without any table, for tests of the schema's making. */
  public static TestDatabase withoutSchema() {
    return new TestDatabase(TemplateDatabase.empty("empty"));
  }

  /** JDBC address. */
  public String url() {
    return url;
  }

  /** The user that owns the database. */
  public String user() {
    return USER;
  }

  /** That user's password. */
  public String password() {
    return USER;
  }

  /** A pool of up to 20 connections, made at the first call and closed with the test class. */
  public synchronized DataSource dataSource() {
    if (pool == null) {
      var config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setUsername(USER);
      config.setPassword(USER);
      config.setMaximumPoolSize(20);
      config.setMinimumIdle(0);
      config.setPoolName("test");
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  /** Statements on {@link #dataSource()}. */
  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource());
  }

  /** An orderly restart of the server, which all test classes of this JVM share. */
  public static void restartServer() {
    Servers.postgres().restart();
  }

  /** Removes all rows of all tables, for a class whose tests each want to begin with none. */
  public void clear() {
    var tables =
        jdbc()
            .sql(
                """
                select quote_ident(tablename) from pg_tables
                 where schemaname = 'public' and tablename not like 'databasechangelog%'
                """)
            .query(String.class)
            .list()
            .stream()
            .collect(Collectors.joining(", "));
    jdbc().sql("truncate table " + tables + " restart identity cascade").update();
  }

  /** Closes the pool. The database itself goes with the server, at the end of the JVM. */
  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
