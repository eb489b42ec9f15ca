package org.drivelens.schema;

import java.sql.Connection;
import java.sql.SQLException;
import liquibase.integration.spring.SpringLiquibase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets one process at a time run the changelog. Liquibase's own lock is not enough on a new
 * database: while it reads included files it creates its table, before it asks for that lock, so of
 * two services that start together one died of a duplicate key.
 *
 * <p>Import it beside Liquibase. The lock is a session's: it ends with its process at the latest.
 */
public final class OneAtATime implements BeanPostProcessor {

  /** Any number, the same in all services. */
  private static final long KEY = 0x6472697665L;

  private @Nullable Connection turn;

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof SpringLiquibase liquibase) {
      try {
        turn = liquibase.getDataSource().getConnection();
        execute("SELECT pg_advisory_lock(%d)");
      } catch (SQLException e) {
        throw new BeanCreationException(name, "the database did not give the lock", e);
      }
    }
    return bean;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof SpringLiquibase) {
      try (var _ = turn) {
        execute("SELECT pg_advisory_unlock(%d)");
      } catch (SQLException e) {
        throw new BeanCreationException(name, "the lock could not be given back", e);
      }
    }
    return bean;
  }

  private void execute(String sql) throws SQLException {
    var connection = turn;
    if (connection != null) {
      try (var statement = connection.createStatement()) {
        statement.execute(sql.formatted(KEY));
      }
    }
  }
}
