package org.drivelens.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class OneAtATimeTest {

  @Test
  void services_that_start_together_on_a_new_database_all_find_it_complete() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().start();
        var services = Executors.newFixedThreadPool(6)) {
      for (int round = 0; round < 3; round++) {
        var database = newDatabase(postgres, "round" + round);
        var starts = new ArrayList<Callable<Boolean>>();
        for (int service = 0; service < 6; service++) {
          starts.add(() -> start(database));
        }
        for (var started : services.invokeAll(starts)) {
          assertThat(started.get()).isTrue();
        }
      }
    }
  }

  private static boolean start(DataSource database) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.register(OneAtATime.class);
      context.registerBean(
          SpringLiquibase.class,
          () -> {
            var liquibase = new SpringLiquibase();
            liquibase.setDataSource(database);
            liquibase.setChangeLog("classpath:db/changelog/db.changelog-master.yaml");
            return liquibase;
          });
      context.refresh();
      return true;
    }
  }

  private static DataSource newDatabase(EmbeddedPostgres postgres, String name)
      throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return postgres.getDatabase("postgres", name);
  }
}
