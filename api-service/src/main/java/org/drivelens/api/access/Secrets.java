package org.drivelens.api.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes secrets and the digests under which they are stored. A secret has 256 random bits, so a
 * plain digest cannot be guessed back.
 */
final class Secrets {

  private static final int BYTES = 32;

  private final byte[] configured;
  private final SecretKeySpec ofSessions;
  private final SecureRandom random = new SecureRandom();

  Secrets(String adminToken) {
    configured = sha256(adminToken);
    ofSessions = new SecretKeySpec(sha256("session " + adminToken), "HmacSHA256");
  }

  /** Recognisable, so that tools which look for leaked secrets find it. */
  String make(String prefix) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Digests are of one length, so the time tells nothing, not even the length of the token. */
  boolean isConfigured(String token) {
    return MessageDigest.isEqual(configured, sha256(token));
  }

  byte[] ofToken(String token) {
    return sha256(token);
  }

  /** Keyed with the configured token: setting another one ends all sessions and login links. */
  byte[] ofSession(String secret) {
    try {
      var mac = Mac.getInstance(ofSessions.getAlgorithm());
      mac.init(ofSessions);
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
