package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.DriveScopes;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.call.DriveMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TokenTest extends EmulatorTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory;

  @AfterEach
  void usualTokens() {
    emulator.tokens().lifetime(Duration.ofSeconds(3599));
  }

  private ServiceAccountCredentials robot() {
    return OfficialClient.credentials(emulator, DriveScopes.DRIVE_READONLY);
  }

  private HttpResponse<String> ask(String assertion) throws IOException, InterruptedException {
    return ask("urn:ietf:params:oauth:grant-type:jwt-bearer", assertion);
  }

  private HttpResponse<String> ask(String grantType, String assertion)
      throws IOException, InterruptedException {
    String form =
        "grant_type=%s&assertion=%s"
            .formatted(URLEncoder.encode(grantType, StandardCharsets.UTF_8), assertion);
    var request =
        HttpRequest.newBuilder(URI.create(emulator.rootUrl() + "token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", emulator.robotEmail());
    claims.put("scope", DriveScopes.DRIVE_READONLY);
    claims.put("aud", "https://oauth2.googleapis.com/token");
    claims.put("iat", now);
    claims.put("exp", now + 3600);
    return claims;
  }

  private String signed(Map<String, Object> claims, PrivateKey key) throws Exception {
    return signed(Map.of("alg", "RS256", "kid", robot().getPrivateKeyId()), claims, key);
  }

  private static String signed(
      Map<String, String> header, Map<String, Object> claims, PrivateKey key) throws Exception {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    String plain =
        encoder.encodeToString(JSON.writeValueAsBytes(header))
            + "."
            + encoder.encodeToString(JSON.writeValueAsBytes(claims));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(plain.getBytes(StandardCharsets.US_ASCII));
    return plain + "." + encoder.encodeToString(signature.sign());
  }

  @Test
  void a_well_signed_assertion_gets_a_bearer_token() throws Exception {
    var response = ask(signed(claims(), robot().getPrivateKey()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"access_token\":\"ya29.")
        .contains("\"expires_in\":3599")
        .contains("\"token_type\":\"Bearer\"");
  }

  @Test
  void an_assertion_need_not_name_its_key_but_not_a_wrong_one() throws Exception {
    var unnamed = Map.of("alg", "RS256");
    var wrong = Map.of("alg", "RS256", "kid", "other");

    assertThat(ask(signed(unnamed, claims(), robot().getPrivateKey())).statusCode()).isEqualTo(200);
    assertThat(ask(signed(wrong, claims(), robot().getPrivateKey())).statusCode()).isEqualTo(400);
  }

  @Test
  void another_key_is_an_invalid_signature() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);

    var response = ask(signed(claims(), generator.generateKeyPair().getPrivate()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"error\" : \"invalid_grant\"")
        .contains("\"error_description\" : \"Invalid JWT Signature.\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iss   | somebody@example.org          | 400 | account not found
          aud   | http://127.0.0.1/token        | 400 | Failed audience check
          scope |                               | 400 | Invalid OAuth scope
          sub   | photographer@example.org      | 401 | Client is unauthorized to retrieve
          """)
  void wrong_claims_are_refused(String claim, String value, int status, String says)
      throws Exception {
    var claims = claims();
    claims.put(claim, value == null ? "" : value);

    var response = ask(signed(claims, robot().getPrivateKey()));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource({"0, 3601", "-7200, -3600", "1000, 4600"})
  void an_assertion_must_be_short_lived_and_of_now(long issued, long expires) throws Exception {
    long now = Instant.now().getEpochSecond();
    var claims = claims();
    claims.put("iat", now + issued);
    claims.put("exp", now + expires);

    var response = ask(signed(claims, robot().getPrivateKey()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Token must be a short-lived token (60 minutes)");
  }

  @Test
  void nonsense_is_refused() throws Exception {
    assertThat(ask("a.b").statusCode()).isEqualTo(400);
    assertThat(ask("!!.!!.!!").statusCode()).isEqualTo(400);
    assertThat(ask("password", "x").body()).contains("unsupported_grant_type");
  }

  @Test
  void no_header_is_403_and_a_bad_token_401_with_googles_sentences() throws Exception {
    var none = get("drive/v3/files");
    var bad = get("drive/v3/files", "Authorization", "Bearer bad");

    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(none.body())
        .contains("Method doesn't allow unregistered callers")
        .contains("\"status\" : \"PERMISSION_DENIED\"");
    assertThat(bad.statusCode()).isEqualTo(401);
    assertThat(bad.body())
        .contains("\"message\" : \"Request had invalid authentication credentials. Expected")
        .contains("\"message\" : \"Invalid Credentials\"")
        .contains("\"location\" : \"Authorization\"")
        .contains("\"status\" : \"UNAUTHENTICATED\"");
    assertThat(bad.headers().firstValue("Content-Type"))
        .contains("application/json; charset=UTF-8");
  }

  @Test
  void after_tokens_were_revoked_the_client_fetches_another_by_itself() throws IOException {
    drive.files().get(folder).execute();
    emulator.calls().clear();
    emulator.tokens().revokeAll();

    assertThat(drive.files().get(folder).execute().getId()).isEqualTo(folder);
    assertThat(emulator.calls().count(DriveMethod.TOKEN)).isEqualTo(1);
    assertThat(emulator.calls().all().stream().map(call -> call.status()).toList())
        .containsExactly(401, 200, 200);
  }

  @Test
  void a_token_that_is_nearly_over_is_fetched_anew_for_every_call() throws IOException {
    emulator.tokens().lifetime(Duration.ofSeconds(100));
    var client = OfficialClient.of(emulator);

    client.files().get(folder).execute();
    client.files().get(folder).execute();

    assertThat(emulator.calls().count(DriveMethod.TOKEN)).isEqualTo(2);
  }

  @Test
  void the_metadata_scope_reads_no_content_and_gets_no_thumbnail_link() throws IOException {
    String id = library.addSyntheticImage(folder, "a.jpg");
    var client = OfficialClient.of(emulator, DriveScopes.DRIVE_METADATA_READONLY);

    var file = client.files().get(id).setFields("hasThumbnail,thumbnailLink").execute();
    var refusal = refusal(() -> client.files().get(id).executeMediaAsInputStream());

    assertThat(file.getHasThumbnail()).isTrue();
    assertThat(file.getThumbnailLink()).isNull();
    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("insufficientPermissions");
  }

  @Test
  void the_service_account_file_is_private_and_kept_for_the_next_start() throws IOException {
    Path file = directory.resolve("robot/account.json");
    String email;
    try (var first = DriveEmulator.start(Settings.inMemory().serviceAccount(file))) {
      email = first.robotEmail();
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var second = DriveEmulator.start(Settings.inMemory().serviceAccount(file))) {
      assertThat(second.robotEmail()).isEqualTo(email);
      assertThat(Files.readString(file)).contains(second.rootUrl() + "token");
      assertThat(OfficialClient.accessToken(second)).startsWith("ya29.");
    }
  }

  @Test
  void somebody_elses_service_account_is_left_alone() throws IOException {
    Path file = directory.resolve("theirs.json");
    Files.writeString(file, "{\"project_id\": \"their-project\"}");

    assertThatThrownBy(() -> DriveEmulator.start(Settings.inMemory().serviceAccount(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was not made by this emulator");
    assertThat(Files.readString(file)).isEqualTo("{\"project_id\": \"their-project\"}");
  }
}
