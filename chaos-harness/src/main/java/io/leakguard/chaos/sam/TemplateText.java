package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The characters of a template file, or the reason why it has none. */
final class TemplateText {
  /** CloudFormation's limit for a template: 1 MB. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TemplateText() {}

  static String read(Origin origin) {
    requireFile(origin.file());
    String text = decode(origin, bytes(origin));
    if (text.isBlank()) {
      throw origin.error(0, "the template is empty");
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new TemplateException(
          shown(file) + " is a directory, not a template", "name the template file in it");
    }
    if (!Files.exists(file)) {
      throw new TemplateException(
          file + ": no such template", "name a SAM or CloudFormation template with --template");
    }
    if (!Files.isRegularFile(file)) {
      throw new TemplateException(file + " is not a regular file");
    }
  }

  private static String shown(Path file) {
    return file.toString().isEmpty() ? "." : file.toString();
  }

  private static byte[] bytes(Origin origin) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(origin.file())) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw origin.error(0, "the template cannot be read: " + IoReason.of(e));
    }
    if (bytes.length > MAX_BYTES) {
      throw origin.error(
          0, "the template is larger than 1 MB, the most that CloudFormation accepts");
    }
    return bytes;
  }

  private static String decode(Origin origin, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Said below, together with NUL bytes.
    }
    throw origin.error(0, "not a text file in UTF-8", "a template is YAML or JSON");
  }
}
