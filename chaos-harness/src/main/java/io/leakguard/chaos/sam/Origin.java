package io.leakguard.chaos.sam;

import java.nio.file.Path;

/** The template file as the user named it; writes the places that messages begin with. */
record Origin(Path file) {

  /** The folder that relative paths of the template start from; empty for the working directory. */
  Path folder() {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** An error at a line counted from 1; 0 where no line is known. */
  TemplateException error(int line, String what, String... more) {
    String[] lines = new String[more.length + 1];
    lines[0] = at(line) + ": " + what;
    System.arraycopy(more, 0, lines, 1, more.length);
    return new TemplateException(lines);
  }

  String at(int line) {
    return line > 0 ? file + ":" + line : file.toString();
  }
}
