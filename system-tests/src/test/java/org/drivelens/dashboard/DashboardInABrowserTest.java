package org.drivelens.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.drivelens.system.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person does with the dashboard. The screenshots of each view are in {@code
 * target/dashboard-screens}, to be looked at.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardInABrowserTest {

  private static final String FOLLOWED = "Quentin & Zoë";
  private static final String FAILING = "Nobody shared this";
  private static final Path SCREENS = Path.of("target/dashboard-screens");

  private final Installation drivelens = Installation.shared();
  private final String root = drivelens.api().root().toString();
  private final Browser browser = new Browser();
  private String followed;
  private Page page;

  @BeforeAll
  void an_event_that_is_well_and_one_that_is_not() {
    var folder = drivelens.sharedFolder("Wedding");
    drivelens.drive().library().seedImages(folder, "church", 40);
    followed = drivelens.api().createEvent(FOLLOWED, folder);
    var hidden = drivelens.drive().library().createFolder(null, "Hidden");
    var failing = drivelens.api().createEvent(FAILING, hidden);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(drivelens.api().state(followed).syncStatus()).isEqualTo("UP_TO_DATE");
          assertThat(drivelens.api().state(failing).syncStatus()).isEqualTo("ERROR");
        });
  }

  @BeforeEach
  void somebody_is_logged_in() {
    page = browser.page();
    page.navigate(root + drivelens.api().loginLink());
    assertThat(title()).isVisible();
  }

  @AfterEach
  void the_browser_has_nothing_to_complain_about() {
    page.context().close();
    assertThat(browser.complaints()).isEmpty();
  }

  @AfterAll
  void close() {
    browser.close();
  }

  @Test
  void a_one_time_login_leaves_the_address_and_opens_nothing_twice() {
    var link = root + drivelens.api().loginLink();
    page.navigate(link);
    page.waitForURL(url -> !url.contains("login="));

    var other = browser.page();
    other.navigate(link);
    assertThat(other.getByText("This login was used before")).isVisible();
    isSound(other, "login");
    other.context().close();
  }

  @Test
  void the_page_says_that_it_is_live_and_stays_so_from_view_to_view() {
    assertThat(button("Live")).isVisible();
    for (var view : List.of("Events", "Workers", "Overview")) {
      link(view).click();
      assertThat(button("Live")).isVisible();
    }
  }

  @Test
  void without_a_public_address_it_says_how_push_is_switched_on() {
    page.navigate(root + "/app/");
    assertThat(page.getByText("push is off")).isVisible();
    page.keyboard().press("g");
    page.keyboard().press("p");
    assertThat(heading("Push is off.")).isVisible();
    assertThat(page.getByText("DRIVELENS_PUBLIC_URL")).isVisible();
  }

  @Test
  void the_filter_is_reached_by_keys_stands_in_the_address_and_survives_a_reload() {
    page.keyboard().press("g");
    page.keyboard().press("e");
    assertThat(heading("Events")).isVisible();
    page.keyboard().press("/");
    page.keyboard().type("QUENT");
    page.waitForURL(Pattern.compile("q=QUENT"));
    page.reload();
    assertThat(link(FOLLOWED)).isVisible();
    assertThat(page.getByRole(AriaRole.SEARCHBOX)).hasValue("QUENT");
    assertThat(link(FAILING)).hasCount(0);
  }

  @Test
  void an_event_is_synced_paused_and_resumed_with_a_click_each_and_tells_who_did_it() {
    page.navigate(root + "/app/events?q=Quentin");
    button("Sync now: " + FOLLOWED).click();
    said("A sync of " + FOLLOWED + " was asked for.");
    button("Pause: " + FOLLOWED).click();
    assertThat(page.getByText("paused by admin")).isVisible();
    button("Resume: " + FOLLOWED).click();
    assertThat(button("Pause: " + FOLLOWED)).isVisible();

    link(FOLLOWED).click();
    assertThat(heading(FOLLOWED)).isVisible();
    assertThat(page.getByText("listing folders").first()).isVisible();
    assertThat(page.getByText("paused it").first()).isVisible();
  }

  @Test
  void a_name_that_looks_like_html_is_shown_as_it_stands() {
    var name = "<img src=x onerror=\"document.title='owned'\">";
    var event = drivelens.api().createEvent(name, drivelens.sharedFolder(name));
    for (var path : List.of("/app/events", "/app/events/" + event)) {
      page.navigate(root + path);
      assertThat(page.getByText(name).first()).isVisible();
      assertThat(page.locator("img[src=x]")).hasCount(0);
      assertThat(page).not().hasTitle("owned");
    }
  }

  @Test
  void a_cause_is_tried_again_only_after_its_number_was_confirmed() {
    page.keyboard().press("g");
    page.keyboard().press("f");
    page.getByRole(
            AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("^Try all \\d+ again")))
        .first()
        .click();
    var dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText(Pattern.compile("Try \\d+ events? again\\?"))).isVisible();
    page.keyboard().press("Escape");
    assertThat(dialog).isHidden();

    button("Show events").first().click();
    page.getByRole(AriaRole.CHECKBOX, new GetByRoleOptions().setName("Choose " + FAILING)).check();
    button("Try 1 chosen again").click();
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try 1 event again"))
        .click();
    said("Sync asked for 1 event.");
  }

  @Test
  void a_schedule_is_run_now() {
    page.navigate(root + "/app/schedules");
    assertThat(page.getByText("every 6 hours")).isVisible();
    button("Run now: Sync what is due").click();
    said("Sync what is due: asked for.");
  }

  @Test
  void workers_and_queues_are_shown() {
    page.navigate(root + "/app/workers");
    assertThat(page.getByText("alive").first()).isVisible();
    assertThat(page.getByText("sync.requested.bulk", new GetByTextOptions().setExact(true)).first())
        .isVisible();
  }

  @Test
  void all_is_paused_and_resumed_and_everybody_sees_who_did_it() {
    button("Pause all").click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause all"))
        .click();
    assertThat(heading(Pattern.compile("All syncing was paused by admin"))).isVisible();
    button("Resume all").click();
    assertThat(button("Pause all")).isVisible();
  }

  @ParameterizedTest
  @ValueSource(ints = {1440, 800, 390})
  void no_row_of_tiles_has_a_gap(int width) {
    page.setViewportSize(width, 900);
    var tiles = page.locator(".tiles > *");
    assertThat(tiles.first()).isVisible();
    var inEachRow =
        page.evaluate(
            "() => Object.values(Object.groupBy(document.querySelectorAll('.tiles > *'), tile => tile.offsetTop))"
                + ".map(row => row.length).filter((many, i, all) => many !== all[0]).length");
    assertThat(inEachRow).isEqualTo(0);
  }

  @Test
  void an_alert_leads_to_the_page_that_says_what_to_do() {
    page.navigate(root + link("What to do: An event failed for good").getAttribute("href"));
    assertThat(heading("An event failed for good")).isVisible();
    isSound(page, "runbook");
    page.screenshot(new ScreenshotOptions().setPath(SCREENS.resolve("runbook.png")));
    page.navigate(root + "/problems/not-found");
    isSound(page, "problem");
  }

  @Test
  void a_test_of_alerts_is_sent_and_its_fate_is_shown() {
    button("Send a test").click();
    said("1 test sent; the list below says whether it arrived.");
    assertThat(page.getByText("The receiver takes no connections").first()).isVisible();
  }

  @Test
  void whoever_logs_out_sees_nothing_more() {
    button("Log out").click();
    assertThat(page.getByLabel("Token")).isVisible();
    page.navigate(root + "/app/events");
    assertThat(page.getByLabel("Token")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 390"})
  void every_view_is_sound(ColorScheme scheme, int width) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
    page.setViewportSize(width, width < 600 ? 844 : 900);
    views()
        .forEach((name, path) -> {
          page.navigate(root + "/app" + path);
          assertThat(title()).isAttached();
          page.waitForFunction("() => !document.querySelector('[aria-busy=true]')");
          var file = "%s-%d-%s.png".formatted(name, width, scheme).toLowerCase(Locale.ROOT);
          page.screenshot(new ScreenshotOptions().setPath(SCREENS.resolve(file)).setFullPage(true));
          isSound(page, file);
        });
  }

  private Map<String, String> views() {
    return Map.of(
        "overview", "/",
        "events", "/events",
        "event", "/events/" + followed,
        "failures", "/failures",
        "schedules", "/schedules",
        "push", "/push",
        "workers", "/workers",
        "missing", "/nowhere");
  }

  /**
   * Nothing that keyboards, screen readers or weak eyes stumble over; nothing wider than the
   * screen.
   */
  private static void isSound(Page page, String name) {
    assertThat(new AxeBuilder(page).analyze().getViolations()).as("axe on %s", name).isEmpty();
    var excess =
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(excess).as("pixels of %s beyond the screen", name).isEqualTo(0);
  }

  private void said(String text) {
    assertThat(page.getByRole(AriaRole.STATUS).getByText(text).first()).isVisible();
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator title() {
    return page.getByRole(
        AriaRole.HEADING, new GetByRoleOptions().setLevel(1).setIncludeHidden(true));
  }

  private Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name));
  }

  private Locator heading(Pattern name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name));
  }
}
