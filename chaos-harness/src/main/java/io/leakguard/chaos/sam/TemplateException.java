package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.Printable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The template, or the artifact it names, cannot be used. The message is one to three lines for the
 * user: what, where ({@code template.yaml:14: ...}, with a column where the file is malformed) and
 * what to do. Control characters are replaced, so that it may be printed as it is.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(String... lines) {
    super(Arrays.stream(lines).map(Printable::of).collect(Collectors.joining("\n")));
  }
}
