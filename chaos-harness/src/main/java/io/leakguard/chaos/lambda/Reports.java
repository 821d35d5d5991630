package io.leakguard.chaos.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The lines with which Lambda ends the log of an invocation. */
final class Reports {
  private Reports() {}

  static byte[] finish(
      LogTail tail, InvocationRecord result, EnvironmentInfo info, FunctionConfig config) {
    double milliseconds = result.duration().toNanos() / 1e6;
    tail.append("END RequestId: " + result.requestId() + "\n");
    tail.append(
        String.format(
            Locale.ROOT,
            "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\t"
                + "Memory Size: %d MB\tMax Memory Used: %d MB\t\n",
            result.requestId(),
            milliseconds,
            (long) Math.ceil(milliseconds),
            config.memoryMegabytes(),
            peakMegabytes(info.pid())));
    return tail.bytes();
  }

  /** The most memory the process has had resident; 0 when it is gone. */
  private static long peakMegabytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
