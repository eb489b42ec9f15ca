package org.drivelens.drive;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** One PostgreSQL with the real schema for the tests of this package; it ends with the JVM. */
final class QuotaDatabase {

  /** Kept, because the JDK forgets a logger, and its level, that nobody holds. */
  private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

  private static final DataSource DATABASE = start();

  private QuotaDatabase() {}

  static DataSource shared() {
    return DATABASE;
  }

  private static DataSource start() {
    LIQUIBASE.setLevel(Level.WARNING);
    try {
      var postgres = EmbeddedPostgres.builder().start();
      var database = postgres.getPostgresDatabase();
      try (var connection = database.getConnection()) {
        var changelog =
            new Liquibase(
                "db/changelog/db.changelog-master.yaml",
                new ClassLoaderResourceAccessor(),
                DatabaseFactory.getInstance()
                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)));
        changelog.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
        Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> changelog.update(new Contexts()));
      }
      return database;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
