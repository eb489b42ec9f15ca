package org.drivelens.api.description;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says of our records what the compiler knows: a component that is {@link Nullable} may be null,
 * any other is always there.
 */
@Component
@SuppressWarnings({"rawtypes", "unchecked"}) // The model's own types are raw.
class Nullability implements ModelConverter {

  @Override
  public @Nullable Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    var schema = chain.next().resolve(type, context, chain);
    JavaType java = Json31.mapper().constructType(type.getType());
    if (schema != null && java != null && isOurs(java.getRawClass())) {
      var model = model(schema, context);
      if (model != null && model.getProperties() != null) {
        describe(model, java.getRawClass());
      }
    }
    return schema;
  }

  /** A reference leads to it; of a record that is unwrapped into another it comes by itself. */
  private static @Nullable Schema model(Schema schema, ModelConverterContext context) {
    var ref = schema.get$ref();
    return ref == null
        ? schema
        : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
  }

  private static boolean isOurs(Class<?> type) {
    return type.isRecord() && type.getName().startsWith("org.drivelens.");
  }

  private static void describe(Schema model, Class<?> type) {
    Map<String, Schema> properties = model.getProperties();
    List<String> demanded = model.getRequired() == null ? List.of() : model.getRequired();
    Set<String> present = new LinkedHashSet<>(demanded);
    for (var component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        describe(model, component.getType());
        continue;
      }
      var name = component.getName();
      var property = properties.get(name);
      if (property != null) {
        var nullable = isNullable(component) && !demanded.contains(name);
        if (nullable) {
          properties.put(name, nullable(property));
        }
        // Answers hold all their fields; what people send need not.
        if (!nullable || !type.getSimpleName().endsWith("Input")) {
          present.add(name);
        }
      }
    }
    if (model.getRequired() != null) {
      present.addAll(model.getRequired());
    }
    model.setRequired(new ArrayList<>(present));
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static Schema nullable(Schema property) {
    if (property.get$ref() != null) {
      return new Schema().anyOf(List.of(property, new Schema().types(Set.of("null"))));
    }
    var types = new LinkedHashSet<String>();
    if (property.getTypes() != null) {
      types.addAll(property.getTypes());
    }
    types.add("null");
    property.setTypes(types);
    if (property.getEnum() != null && !property.getEnum().contains(null)) {
      property.getEnum().add(null);
    }
    return property;
  }
}
