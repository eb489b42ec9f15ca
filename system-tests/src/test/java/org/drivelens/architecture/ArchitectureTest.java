package org.drivelens.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.drivelens.sample.api.events.NeedlesslyPublic;
import org.drivelens.sample.api.events.UsesTheWorker;
import org.drivelens.sample.api.photos.WritesPhotos;
import org.drivelens.sample.api.util.NamedByItsLayer;
import org.drivelens.sample.contract.KnowsAService;
import org.drivelens.sample.emulator.KnowsOurContract;
import org.drivelens.sample.worker.timing.HasAnInjectedField;
import org.drivelens.sample.worker.timing.ReadsTheSystemsClock;
import org.drivelens.sample.worker.timing.Sleeps;
import org.drivelens.sample.worker.timing.UsesTestSupport;
import org.drivelens.sample.worker.unmarked.WithoutPackageInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule holds for our code, and finds the culprit in a sample of bad code. */
class ArchitectureTest {

  private static final List<String> WRITTEN_BY_THE_WORKER =
      List.of(
          "photo",
          "event_folder",
          "event_ancestor",
          "event_shortcut",
          "walk",
          "walk_folder",
          "walk_page",
          "sync_issue",
          "past_issue",
          "held_removal",
          "photo_history",
          "sync_run",
          "sync_run_phase",
          "sync_run_call",
          "drive_feed",
          "drive_change",
          "worker",
          "push_watch",
          "push_channel");

  @Test
  void packages_are_named_by_feature_never_by_layer() {
    holds(Rules::packagesAreNamedByFeature, NamedByItsLayer.class);
  }

  @Test
  void every_package_is_null_marked() {
    holds(Rules::everyPackageIsNullMarked, WithoutPackageInfo.class);
  }

  @Test
  void a_class_is_public_only_if_another_package_uses_it() {
    holds(classes().should(new PublicOnlyIfUsedElsewhere(Code.ALL)), Code.MAIN);
    bites(classes().should(new PublicOnlyIfUsedElsewhere(Code.BAD)), NeedlesslyPublic.class);
  }

  @Test
  void common_depends_on_none_of_the_services() {
    holds(Rules::commonDependsOnNoService, KnowsAService.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "worker", "scheduler"})
  void services_never_depend_on_each_other(String service) {
    holds(Rules.servicesNeverDependOnEachOther(Code.ROOT, service), Code.MAIN);
    bites(Rules.servicesNeverDependOnEachOther(Code.SAMPLE, "api"), UsesTheWorker.class);
  }

  @Test
  void the_emulator_depends_on_nothing_of_ours() {
    holds(Rules::theEmulatorDependsOnNothingOfOurs, KnowsOurContract.class);
  }

  @Test
  void main_code_does_not_use_test_support() {
    holds(Rules::mainCodeDoesNotUseTestSupport, UsesTestSupport.class);
  }

  @Test
  void fields_are_not_injected() {
    holds(root -> Rules.fieldsAreNotInjected(), HasAnInjectedField.class);
  }

  @Test
  void time_enters_through_a_clock() {
    holds(root -> Rules.timeEntersThroughAClock(), ReadsTheSystemsClock.class);
  }

  @Test
  void tests_wait_for_conditions_and_never_sleep() {
    holds(Rules.nobodySleeps(), Code.TESTS);
    bites(Rules.nobodySleeps(), Sleeps.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "scheduler-service"})
  void only_the_worker_writes_what_is_known_of_drive(String service) {
    assertThat(TableWrites.in(Code.classesOf(service), WRITTEN_BY_THE_WORKER)).isEmpty();
    assertThat(TableWrites.in(Code.SAMPLE_FOLDER, WRITTEN_BY_THE_WORKER))
        .singleElement()
        .asString()
        .contains(WritesPhotos.class.getSimpleName());
  }

  private static void holds(Function<String, ArchRule> rule, Class<?> culprit) {
    holds(rule.apply(Code.ROOT), Code.MAIN);
    bites(rule.apply(Code.SAMPLE), culprit);
  }

  private static void holds(ArchRule rule, JavaClasses classes) {
    rule.check(classes);
  }

  private static void bites(ArchRule rule, Class<?> culprit) {
    assertThat(rule.evaluate(Code.BAD).getFailureReport().getDetails())
        .as("what \"%s\" finds in the bad samples", rule.getDescription())
        .anyMatch(line -> line.contains(culprit.getName()));
  }
}
