package org.drivelens.testsupport;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.UpdateSummaryEnum;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import liquibase.ui.UIServiceEnum;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database with the system's schema that every test class gets a copy of; made once per JVM.
 */
final class TemplateDatabase {

  private static final String CHANGELOG = "db/changelog/db.changelog-master.yaml";
  private static final String NAME = "template_drivelens";
  private static final AtomicInteger COPIES = new AtomicInteger();

  // Held, because java.util.logging forgets the level of a logger that nobody holds.
  private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

  private static final TemplateDatabase INSTANCE = new TemplateDatabase();

  private final PostgresServer server = Servers.postgres();
  private final JdbcClient admin = JdbcClient.create(connectTo("postgres"));

  private TemplateDatabase() {
    admin.sql("create role %1$s login password '%1$s'".formatted(TestDatabase.USER)).update();
    admin.sql("create database %s owner %s".formatted(NAME, TestDatabase.USER)).update();
    migrate();
  }

  /** Makes a new database with the whole schema; returns its JDBC address. */
  static String copy(String readableName) {
    return INSTANCE.create(readableName, NAME);
  }

  /** Makes a new database without any table; returns its JDBC address. */
  static String empty(String readableName) {
    return INSTANCE.create(readableName, "template0");
  }

  // The number makes it unique; PostgreSQL cuts names at 63 bytes.
  private String create(String readableName, String template) {
    var letters = readableName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    var name =
        letters.substring(0, Math.min(50, letters.length())) + "_" + COPIES.incrementAndGet();
    admin
        .sql(
            "create database \"%s\" template %s owner %s"
                .formatted(name, template, TestDatabase.USER))
        .update();
    return server.url(name);
  }

  private void migrate() {
    LIQUIBASE.setLevel(Level.WARNING);
    var liquibase = new SpringLiquibase();
    liquibase.setDataSource(
        new DriverManagerDataSource(server.url(NAME), TestDatabase.USER, TestDatabase.USER));
    liquibase.setResourceLoader(new DefaultResourceLoader());
    liquibase.setChangeLog("classpath:" + CHANGELOG);
    liquibase.setShowSummary(UpdateSummaryEnum.OFF);
    liquibase.setUiService(UIServiceEnum.LOGGER);
    try {
      liquibase.afterPropertiesSet();
    } catch (LiquibaseException e) {
      throw new IllegalStateException("The schema of these tests cannot be made", e);
    }
  }

  private DriverManagerDataSource connectTo(String database) {
    return new DriverManagerDataSource(
        server.url(database), PostgresServer.SUPERUSER, PostgresServer.SUPERUSER);
  }
}
