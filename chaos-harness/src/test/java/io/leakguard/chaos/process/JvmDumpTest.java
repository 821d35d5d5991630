package io.leakguard.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmDumpTest {
  @Test
  void heapMegabytes_serialCollector_addsTheGenerationsAndNotMetaspace() {
    String info =
        """
         def new generation   total 9216K, used 1024K [0x00000000d5600000, 0x00000000d6000000)
          eden space 8192K,   2% used [0x00000000d5600000, 0x00000000d56290f0)
         tenured generation   total 20480K, used 2048K [0x00000000d6000000, 0x00000000d7400000)
           the space 20480K,  0% used [0x00000000d6000000, 0x00000000d6000000)
         Metaspace       used 3072K, committed 3264K, reserved 1114112K
        """;
    assertThat(JvmDump.heapMegabytes(info)).hasValue(3.0);
  }

  @Test
  void heapMegabytes_unknownText_isEmpty() {
    assertThat(JvmDump.heapMegabytes("Epsilon")).isEmpty();
  }

  @Test
  void stacks_collapsesFromTheOutermostFrameWithoutModulesAndNumbersOfLambdas() {
    String dump =
        """
        2026-01-01 00:00:00
        Full thread dump OpenJDK 64-Bit Server VM:

        "pool-1-thread-1" #12 prio=5 os_prio=0 tid=0x1 nid=0x2 waiting on condition
           java.lang.Thread.State: WAITING (parking)
        \tat jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
        \t- parking to wait for  <0x00000000e0>
        \tat a.Handler$$Lambda$14/0x0000000800c03000.run(Unknown Source)
        \tat java.lang.Thread.run(java.base@17.0.15/Thread.java:840)

        "pool-2-thread-1" #13 prio=5 os_prio=0 tid=0x1 nid=0x2 waiting on condition
           java.lang.Thread.State: WAITING (parking)
        \tat jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
        \tat a.Handler$$Lambda$15/0x0000000800c03abc.run(Unknown Source)
        \tat java.lang.Thread.run(java.base@17.0.15/Thread.java:840)

        "VM Thread" os_prio=0 tid=0x1 nid=0x2 runnable
        """;
    assertThat(JvmDump.stacks(dump))
        .isEqualTo(
            Map.of(
                "java.lang.Thread.run(Thread.java:840);a.Handler$$Lambda.run(Unknown Source);"
                    + "jdk.internal.misc.Unsafe.park(Native Method)",
                2));
  }
}
