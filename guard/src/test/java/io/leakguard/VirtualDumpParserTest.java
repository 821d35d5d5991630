package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualDumpParserTest {
  private static final String MAIN_21 = "4711\n2026-01-01T00:00:00Z\n21.0.4\n\n#1 \"main\"\n\n";

  private static final String MAIN_25 =
      """
      4711
      2026-01-01T00:00:00Z
      25.0.3+9-LTS

      #1 "main" RUNNABLE 2026-01-01T00:00:00.1Z

      """;

  private static final String PARKED =
      "java.base/java.lang.VirtualThread.park(VirtualThread.java:742)";
  private static final String RUN = "java.base/java.lang.VirtualThread.run(VirtualThread.java:460)";

  private static VirtualDumpParser parser(String dump) {
    return new VirtualDumpParser(new StringReader(dump));
  }

  private static List<Virtual> parse(String dump) throws IOException {
    return parser(dump).parse();
  }

  private static String thread21(int id, String name, String... frames) {
    return thread("#" + id + " \"" + name + "\" virtual\n", "      ", frames);
  }

  private static String thread25(int id, String name, String... frames) {
    String header = "#" + id + " \"" + name + "\" virtual WAITING 2026-01-01T00:00:00.25Z\n";
    return thread(header, "    at ", frames);
  }

  private static String thread(String header, String indent, String... frames) {
    StringBuilder text = new StringBuilder(header);
    for (String frame : frames) {
      text.append(indent).append(frame).append('\n');
    }
    return text.append('\n').toString();
  }

  @Test
  void parse_jdk21_givesIdNameAndFrames() throws IOException {
    List<Virtual> found =
        parse(MAIN_21 + thread21(34, "orders", PARKED, "com.acme.Orders.lambda$0(Orders.java:9)"));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).id()).isEqualTo(34);
    assertThat(found.get(0).facts().name()).isEqualTo("orders");
    assertThat(found.get(0).facts().group()).isEmpty();
    assertThat(found.get(0).facts().state()).isEqualTo(Thread.State.WAITING);
    assertThat(found.get(0).waitsFor()).isEmpty();
    assertThat(found.get(0).facts().frames())
        .containsExactly(
            new StackTraceElement("java.lang.VirtualThread", "park", "VirtualThread.java", 742),
            new StackTraceElement("com.acme.Orders", "lambda$0", "Orders.java", 9));
  }

  @Test
  void parse_jdk25_givesStateAndWhatItWaitsFor() throws IOException {
    List<Virtual> found =
        parse(
            MAIN_25
                + "#35 \"\" virtual TIMED_WAITING 2026-01-01T00:00:00.25Z\n"
                + "    at java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:784)\n"
                + "    - parking to wait for <java.util.concurrent.CountDownLatch$Sync@b1bc7ed>\n"
                + "    at com.acme.Orders.run(Orders.java:9)\n"
                + "    - locked <java.lang.Object@30dae81>\n"
                + "    at "
                + RUN
                + "\n\n");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).facts().state()).isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(found.get(0).waitsFor())
        .isEqualTo("java.util.concurrent.CountDownLatch$Sync@b1bc7ed");
    assertThat(found.get(0).facts().frames())
        .extracting(StackTraceElement::getMethodName)
        .containsExactly("parkNanos", "run", "run");
  }

  @Test
  void parse_platformThreads_areLeftOut() throws IOException {
    String platform = "#7 \"holder\" WAITING 2026-01-01T00:00:00Z\n    at a.B.c(B.java:1)\n\n";

    assertThat(parse(MAIN_21)).isEmpty();
    assertThat(parse(MAIN_25 + platform)).isEmpty();
  }

  @Test
  void parse_withoutFrames_isLeftOut() throws IOException {
    assertThat(parse(MAIN_25 + thread25(35, "about to end"))).isEmpty();
  }

  @Test
  void parse_pollerOfTheJdk_isLeftOut() throws IOException {
    String poller = "java.base/sun.nio.ch.Poller.subPollerLoop(Poller.java:271)";
    String reader = "java.base/sun.nio.ch.Poller.poll(Poller.java:142)";

    assertThat(parse(MAIN_25 + thread25(41, "reader", PARKED, poller, RUN))).isEmpty();
    assertThat(parse(MAIN_25 + thread25(41, "SubPoller-0", PARKED, reader, RUN))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "say \"hello\"",
        "two\nlines",
        "\n",
        "\n\nblank lines\n\n",
        "a return\r\nand more",
        "ends\" virtual",
        "first ends\" virtual\nsecond",
        "first ends\"\nsecond",
        "a frame\n    at java.base/a.b.C.d(C.java:1)\n      a.b.C.d(C.java:1)\nafter",
        "#5 \"x",
        "\u0001\u2028\u202e\ud800"
      })
  void parse_hostileName_isReadAndNoOtherThreadIsLost(String name) throws IOException {
    for (boolean is25 : new boolean[] {false, true}) {
      String hostile = is25 ? thread25(8, name, PARKED, RUN) : thread21(8, name, PARKED, RUN);
      String next = is25 ? thread25(9, "next", PARKED, RUN) : thread21(9, "next", PARKED, RUN);

      List<Virtual> found = parse((is25 ? MAIN_25 : MAIN_21) + hostile + next);

      assertThat(found).extracting(Virtual::id).containsExactly(8L, 9L);
      assertThat(found.get(0).facts().frames()).hasSize(2);
      assertThat(found.get(1).facts().name()).isEqualTo("next");
    }
  }

  @Test
  void parse_nameWithLineEnds_isTheWholeName() throws IOException {
    assertThat(parse(MAIN_25 + thread25(8, "two \"q\"\nlines", PARKED)).get(0).facts().name())
        .isEqualTo("two \"q\"\nlines");
  }

  @Test
  void parse_nameThatImitatesTheDump_harmsNoOtherThread() throws IOException {
    String imitation = "x\" virtual\n      a.B.c(B.java:1)\n\n#5 \"made up";

    List<Virtual> found =
        parse(MAIN_21 + thread21(8, imitation, PARKED, RUN) + thread21(9, "next", PARKED, RUN));

    assertThat(found).extracting(Virtual::id).endsWith(9L);
  }

  @Test
  void parse_nameOfMegabytes_isCut() throws IOException {
    String long1 = "n".repeat(3_000_000);
    String long2 = "n\n".repeat(1_000_000);

    List<Virtual> found =
        parse(
            MAIN_25
                + thread25(8, long1, PARKED)
                + thread25(9, long2, PARKED)
                + thread25(10, "next", PARKED));

    assertThat(found).extracting(Virtual::id).containsExactly(8L, 9L, 10L);
    assertThat(found).allMatch(virtual -> virtual.facts().name().length() <= 4_000);
    assertThat(found.get(0).facts().name()).startsWith("nnnn");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void parse_anyCharacters_neverFailsOtherwiseThanIo(int seed) throws IOException {
    Random random = new Random(seed);
    String alphabet = "#\" \n\r().:/<>-at virtualWAITINGZ09\u0000";
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      List<Virtual> found =
          parse(MAIN_25 + thread25(8, name.toString(), PARKED) + thread25(9, "next", PARKED));
      assertThat(found).as(name.toString()).extracting(Virtual::id).contains(9L);
    }
  }

  @Test
  void parse_cutFile_givesWhatIsThere() throws IOException {
    String whole = MAIN_25 + thread25(8, "first", PARKED, RUN) + thread25(9, "second", PARKED, RUN);

    for (int end = MAIN_25.length(); end < whole.length(); end++) {
      assertThat(parse(whole.substring(0, end)).size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void parse_lineEndsOfWindows_areTakenOff() throws IOException {
    String dump = (MAIN_25 + thread25(8, "first", PARKED, RUN)).replace("\n", "\r\n");

    assertThat(parse(dump).get(0).facts().name()).isEqualTo("first");
    assertThat(parse(dump).get(0).facts().frames()).hasSize(2);
  }

  @Test
  void parse_otherFormat_says() {
    assertThatThrownBy(() -> parse("{\n  \"threadDump\": {\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no thread in the thread dump");
  }

  @Test
  void parse_moreThanTenThousand_isIncomplete() throws IOException {
    StringBuilder dump = new StringBuilder(MAIN_25);
    for (int i = 0; i < 10_001; i++) {
      dump.append(thread25(100 + i, "", PARKED, RUN));
    }
    VirtualDumpParser many = parser(dump.toString());
    VirtualDumpParser few = parser(MAIN_25 + thread25(8, "", PARKED));

    List<Virtual> found = many.parse();
    few.parse();

    assertThat(found).hasSize(10_000);
    assertThat(many.isComplete()).isFalse();
    assertThat(few.isComplete()).isTrue();
    assertThat(found.get(9_999).facts().frames()).isSameAs(found.get(0).facts().frames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.base/java.lang.Object.wait0(Native Method)|java.lang.Object|wait0|null|-2",
        "com.acme.Orders.price(Orders.java:12)|com.acme.Orders|price|Orders.java|12",
        "com.acme.Orders.price(Orders.java)|com.acme.Orders|price|Orders.java|-1",
        "com.acme.Orders.price(Unknown Source)|com.acme.Orders|price|null|-1",
        "app//com.acme.Orders.price(Orders.java:1)|com.acme.Orders|price|Orders.java|1",
        "my loader/acme@1.0/com.acme.Orders.<init>(O.java:1)|com.acme.Orders|<init>|O.java|1",
        "a.B$$Lambda/0x00007f1c2c0a1b2c.run(Unknown Source)|a.B$$Lambda/0x00007f1c2c0a1b2c|run"
            + "|null|-1",
        "app//a.B$$Lambda/0x0f.run(Unknown Source)|a.B$$Lambda/0x0f|run|null|-1",
        "a.B.is it (really) so(B.kt:3)|a.B|is it (really) so|B.kt|3"
      })
  void frame_isAsInAStackTrace(String line) throws IOException {
    String[] part = line.split("\\|");
    String file = part[3].equals("null") ? null : part[3];

    StackTraceElement frame =
        parse(MAIN_25 + thread25(8, "", part[0])).get(0).facts().frames().get(0);

    assertThat(frame)
        .isEqualTo(new StackTraceElement(part[1], part[2], file, Integer.parseInt(part[4])));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.VirtualThread.park|WAITING",
        "java.lang.VirtualThread.parkNanos|TIMED_WAITING",
        "java.lang.Object.wait0|WAITING",
        "com.acme.Orders.price|RUNNABLE",
        "jdk.internal.misc.Unsafe.park java.lang.VirtualThread.parkOnCarrierThread"
            + " java.lang.VirtualThread.parkNanos|TIMED_WAITING",
        "jdk.internal.misc.Unsafe.park|RUNNABLE",
        "java.lang.VirtualThread.yieldContinuation|RUNNABLE"
      })
  void state_jdk21_isReadFromTheFrames(String line) throws IOException {
    String[] part = line.split("\\|");
    String[] frames = part[0].split(" ");
    for (int i = 0; i < frames.length; i++) {
      frames[i] += "(Unknown Source)";
    }

    assertThat(parse(MAIN_21 + thread21(8, "", frames)).get(0).facts().state())
        .isEqualTo(Thread.State.valueOf(part[1]));
  }
}
