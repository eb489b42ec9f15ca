package org.drivelens.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Each rule for a tree of packages: the real one, or that of the bad samples. */
final class Rules {

  private static final Pattern LAYER =
      Pattern.compile(
          "configs?|configuration|models?|dtos?|entit(y|ies)|services?|impl|utils?|helpers?"
              + "|managers?|common|misc");

  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now()",
          "java.time.LocalDate.now()",
          "java.time.LocalDateTime.now()",
          "java.time.LocalTime.now()",
          "java.time.OffsetDateTime.now()",
          "java.time.ZonedDateTime.now()",
          "java.time.Year.now()",
          "java.lang.System.currentTimeMillis()");

  private static final Set<String> INJECTION =
      Set.of(
          "org.springframework.beans.factory.annotation.Autowired",
          "org.springframework.beans.factory.annotation.Value",
          "jakarta.inject.Inject",
          "jakarta.annotation.Resource");

  private Rules() {}

  static ArchRule packagesAreNamedByFeature(String root) {
    return noClasses()
        .should(
            be(
                "in a package named by its layer",
                type ->
                    type.getPackageName().startsWith(root)
                        && Stream.of(type.getPackageName().substring(root.length()).split("\\."))
                            .anyMatch(part -> LAYER.matcher(part).matches())));
  }

  static ArchRule everyPackageIsNullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            be(
                "in a package whose package-info says @NullMarked",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
  }

  static ArchRule commonDependsOnNoService(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".contract..", root + ".drive..", root + ".event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            root + ".api..", root + ".worker..", root + ".scheduler..", root + ".emulator..");
  }

  static ArchRule servicesNeverDependOnEachOther(String root, String service) {
    var others =
        Stream.of("api", "worker", "scheduler", "emulator")
            .filter(other -> !other.equals(service))
            .map(other -> root + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + "." + service + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  static ArchRule theEmulatorDependsOnNothingOfOurs(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".emulator..")
        .should()
        .dependOnClassesThat(
            describe(
                "are ours",
                type ->
                    type.getPackageName().startsWith(root + ".")
                        && !type.getPackageName().startsWith(root + ".emulator")));
  }

  static ArchRule mainCodeDoesNotUseTestSupport(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".testsupport..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".testsupport..");
  }

  static ArchRule fieldsAreNotInjected() {
    ArchCondition<JavaField> injected =
        ArchCondition.from(
            describe(
                "be injected",
                field ->
                    field.getAnnotations().stream()
                        .anyMatch(a -> INJECTION.contains(a.getRawType().getName()))));
    return noFields().should(injected);
  }

  static ArchRule timeEntersThroughAClock() {
    return noClasses().should(call("ask the system for the time", Rules::readsTheClock));
  }

  static ArchRule nobodySleeps() {
    return noClasses()
        .should(
            call(
                "sleep",
                called ->
                    called.getTargetOwner().isAssignableTo(Thread.class)
                        && called.getName().equals("sleep")));
  }

  private static boolean readsTheClock(JavaMethodCall called) {
    return called.getTarget().getRawParameterTypes().stream()
            .noneMatch(type -> type.isAssignableTo(InstantSource.class))
        && CLOCKS.contains(called.getTargetOwner().getName() + "." + called.getName() + "()");
  }

  private static ArchCondition<JavaClass> be(String text, Predicate<JavaClass> test) {
    return ArchCondition.from(describe("be " + text, test));
  }

  private static ArchCondition<JavaClass> call(String text, Predicate<JavaMethodCall> test) {
    return ArchCondition.from(
        describe(text, type -> type.getMethodCallsFromSelf().stream().anyMatch(test)));
  }
}
