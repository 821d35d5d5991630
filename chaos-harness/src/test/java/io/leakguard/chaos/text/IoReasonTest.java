package io.leakguard.chaos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
  @Test
  void of_whatTheJdkNamesByAPathAlone_isInWords() {
    assertThat(IoReason.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new NoSuchFileException("/x"))).isEqualTo("no such file");
    assertThat(IoReason.of(new FileAlreadyExistsException("/x")))
        .isEqualTo("there is a file of that name");
    assertThat(IoReason.of(new MalformedInputException(1))).isEqualTo("not a text file in UTF-8");
    assertThat(IoReason.of(new FileSystemLoopException("/x"))).isEqualTo("FileSystemLoopException");
  }

  @Test
  void of_theSystemsOwnWords_areTaken() {
    assertThat(IoReason.of(new FileSystemException("/x", null, "disk full")))
        .isEqualTo("disk full");
    assertThat(IoReason.of(new IOException("broken"))).isEqualTo("broken");
    assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
  }
}
