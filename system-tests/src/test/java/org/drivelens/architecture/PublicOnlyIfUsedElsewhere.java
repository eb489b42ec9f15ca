package org.drivelens.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class is public only if another package uses it; the tests of its own package do not count. */
final class PublicOnlyIfUsedElsewhere extends ArchCondition<JavaClass> {

  private final Set<String> usedElsewhere;

  PublicOnlyIfUsedElsewhere(JavaClasses everything) {
    super("be public only if another package uses it");
    usedElsewhere =
        everything.stream()
            .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
            .filter(PublicOnlyIfUsedElsewhere::crossesPackages)
            .map(dependency -> outermost(dependency.getTargetClass().getBaseComponentType()))
            .map(JavaClass::getName)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.isTopLevelClass()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && !usedElsewhere.contains(type.getName())
        && !isStartedByTheJvm(type)
        && !holdsConstants(type)
        && !isPartOfAPublicSignature(type)) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " is public, but no other package uses it"));
    }
  }

  private static boolean crossesPackages(Dependency dependency) {
    return !dependency
        .getOriginClass()
        .getPackageName()
        .equals(dependency.getTargetClass().getBaseComponentType().getPackageName());
  }

  // The launcher of the JVM needs the class and its main method public... and so does Spring Boot.
  private static boolean isStartedByTheJvm(JavaClass type) {
    return type.tryGetMethod("main", String[].class).isPresent();
  }

  // The compiler copies constants into their users, who then no longer show in the class files.
  private static boolean holdsConstants(JavaClass type) {
    return type.getFields().stream()
        .anyMatch(field ->
            field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL))
                && !field.getModifiers().contains(JavaModifier.PRIVATE)
                && (field.getRawType().isPrimitive()
                    || field.getRawType().isEquivalentTo(String.class)));
  }

  // Its users may never name it: they pass on what one method returned to another.
  private boolean isPartOfAPublicSignature(JavaClass type) {
    return type.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .filter(user -> usedElsewhere.contains(outermost(user).getName()))
        .flatMap(user -> user.getCodeUnits().stream())
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(unit ->
            Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()))
        .flatMap(signature -> signature.getAllInvolvedRawTypes().stream())
        .anyMatch(involved -> outermost(involved).equals(type));
  }

  private static JavaClass outermost(JavaClass type) {
    var outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
