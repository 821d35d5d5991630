package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The digests by which a sender knows that SQS got its message as it was.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation">Calculating
 *     the MD5 message digest for message attributes</a>
 */
final class MessageDigests {
  private static final byte STRING = 1;
  private static final byte BINARY = 2;

  private MessageDigests() {}

  /**
   * An attribute of a message.
   *
   * @param text its value, unless it is binary
   * @param base64 its value, where it is binary
   */
  record Attribute(String type, Optional<String> text, Optional<String> base64) {}

  static String ofBody(String body) {
    return HexFormat.of().formatHex(md5().digest(body.getBytes(UTF_8)));
  }

  /** Of attributes that are sorted by name. */
  static String ofAttributes(Map<String, Attribute> sorted) {
    MessageDigest digest = md5();
    sorted.forEach(
        (name, attribute) -> {
          add(digest, name.getBytes(UTF_8));
          add(digest, attribute.type().getBytes(UTF_8));
          attribute
              .text()
              .ifPresent(
                  text -> {
                    digest.update(STRING);
                    add(digest, text.getBytes(UTF_8));
                  });
          attribute
              .base64()
              .ifPresent(
                  base64 -> {
                    digest.update(BINARY);
                    add(digest, Base64.getDecoder().decode(base64));
                  });
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
