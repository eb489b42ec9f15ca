package org.drivelens.emulator.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.drivelens.emulator.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The robot: its address and the key that its assertions are checked with. */
public record ServiceAccount(String email, String keyId, PublicKey key) {

  private static final String PROJECT = "drivelens-emulator";

  private static @Nullable CompletableFuture<KeyPair> freshKey;

  /**
   * Reads the file, or writes one with a fresh key that only the owner may read.
   *
   * @param tokenUri this emulator's token endpoint, written into the file
   * @throws IllegalArgumentException if the file is somebody else's service account
   */
  public static ServiceAccount at(Path file, String tokenUri) {
    try {
      if (!Files.exists(file)) {
        return create(file, tokenUri);
      }
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      if (!PROJECT.equals(json.path("project_id").asString(""))) {
        throw new IllegalArgumentException(
            file + " was not made by this emulator; it is left alone. Name another file.");
      }
      if (!tokenUri.equals(json.path("token_uri").asString(""))) {
        ((ObjectNode) json).put("token_uri", tokenUri);
        write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
      }
      return new ServiceAccount(
          json.path("client_email").asString(),
          json.path("private_key_id").asString(),
          publicKey(json.path("private_key").asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins with what will take longest if the file is missing. */
  public static void prepare(Path file) {
    if (!Files.exists(file)) {
      var _ = freshKey();
    }
  }

  private static ServiceAccount create(Path file, String tokenUri) throws IOException {
    KeyPair pair = freshKey().join();
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    String email = "gallery-robot-" + suffix + "@" + PROJECT + ".iam.gserviceaccount.com";
    String keyId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    String pem =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
    var json = new LinkedHashMap<String, String>();
    json.put("type", "service_account");
    json.put("project_id", PROJECT);
    json.put("private_key_id", keyId);
    json.put(
        "private_key", "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    json.put("client_email", email);
    json.put("client_id", Long.toString(ThreadLocalRandom.current().nextLong(1L << 60, 1L << 61)));
    json.put("auth_uri", "https://accounts.google.com/o/oauth2/auth");
    json.put("token_uri", tokenUri);
    json.put("universe_domain", "googleapis.com");
    write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    return new ServiceAccount(email, keyId, pair.getPublic());
  }

  /** 0600 from the first byte on. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /** One key per process, made in its own thread: that takes longer than the rest of a start. */
  private static synchronized CompletableFuture<KeyPair> freshKey() {
    if (freshKey == null) {
      freshKey =
          CompletableFuture.supplyAsync(
              ServiceAccount::newKey, command -> Thread.ofPlatform().daemon().start(command));
    }
    return freshKey;
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey publicKey(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] encoded = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
    try {
      var rsa = KeyFactory.getInstance("RSA");
      PrivateKey secret = rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (!(secret instanceof RSAPrivateCrtKey full)) {
        throw new IllegalArgumentException("The key has no public part");
      }
      return rsa.generatePublic(new RSAPublicKeySpec(full.getModulus(), full.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The private key cannot be read", e);
    }
  }
}
