package org.drivelens.testsupport;

import java.util.List;
import java.util.function.Supplier;
import org.drivelens.emulator.DriveEmulator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Connects the Spring context of a test to the parts of its class. */
final class RealPartsOfSpringTests implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return TestContextAnnotationUtils.hasAnnotation(testClass, OnRealParts.class)
        ? new Customizer(RealParts.of(testClass))
        : null;
  }

  // Equal only for the same class: no two classes share a context, nor then a database.
  private record Customizer(RealParts parts) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      var beans = (BeanDefinitionRegistry) context.getBeanFactory();
      register(beans, TestDatabase.class, parts::database);
      register(beans, TestBroker.class, parts::broker);
      register(beans, DriveEmulator.class, parts::drive);
      register(beans, JdbcConnectionDetails.class, () -> new DatabaseConnection(parts.database()));
      register(beans, RabbitConnectionDetails.class, () -> new BrokerConnection(parts.broker()));
      context.getEnvironment().getPropertySources().addFirst(new DriveAddress(parts));
    }

    // Lazy: an application without a DataSource makes no database. Not closed by the context: the
    // class may go on using them.
    private static <T> void register(
        BeanDefinitionRegistry beans, Class<T> type, Supplier<T> supplier) {
      var definition = new RootBeanDefinition(type, supplier);
      definition.setLazyInit(true);
      definition.setDestroyMethodName("");
      beans.registerBeanDefinition(type.getName(), definition);
    }
  }

  /** The settings that lead to the emulator, which is started by whoever reads one. */
  private static final class DriveAddress extends EnumerablePropertySource<RealParts> {

    private static final String ROOT_URL = "drivelens.drive.root-url";
    private static final String CREDENTIALS = "drivelens.drive.credentials";

    DriveAddress(RealParts parts) {
      super("drive emulator", parts);
    }

    @Override
    public String[] getPropertyNames() {
      return new String[] {ROOT_URL, CREDENTIALS};
    }

    @Override
    public @Nullable Object getProperty(String name) {
      return switch (name) {
        case ROOT_URL -> getSource().drive().rootUrl();
        case CREDENTIALS -> getSource().drive().serviceAccountFile().toString();
        default -> null;
      };
    }
  }

  private record DatabaseConnection(TestDatabase database) implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
      return database.user();
    }

    @Override
    public String getPassword() {
      return database.password();
    }

    @Override
    public String getJdbcUrl() {
      return database.url();
    }
  }

  private record BrokerConnection(TestBroker broker) implements RabbitConnectionDetails {

    @Override
    public String getUsername() {
      return broker.user();
    }

    @Override
    public String getPassword() {
      return broker.password();
    }

    @Override
    public String getVirtualHost() {
      return broker.virtualHost();
    }

    @Override
    public List<Address> getAddresses() {
      return List.of(new Address(broker.host(), broker.port()));
    }
  }
}
