package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();

  private static Thread lane() {
    return new Thread(() -> {});
  }

  @Test
  void enter_counts() {
    Thread lane = lane();
    assertThat(lanes.enter(lane, 0)).isEqualTo(1);
    lanes.leave(1, 0);
    assertThat(lanes.enter(lane, 0)).isEqualTo(2);
    assertThat(lanes.last()).isEqualTo(2);
    assertThat(lanes.mostAtOnce()).isEqualTo(1);
  }

  @Test
  void enter_sameThreadTwice_isNested() {
    Thread lane = lane();
    lanes.enter(lane, 0);

    assertThat(lanes.enter(lane, 0)).isEqualTo(Lanes.NESTED);
    assertThat(lanes.mostAtOnce()).isEqualTo(1);
  }

  @Test
  void allEndedUpTo_waitsForOverlappingInvocations() {
    long first = lanes.enter(lane(), 0);
    long second = lanes.enter(lane(), 0);
    lanes.leave(second, 0);

    assertThat(lanes.allEndedUpTo(second)).isFalse();
    long third = lanes.enter(lane(), 0);
    lanes.leave(first, 0);

    assertThat(lanes.allEndedUpTo(second)).isTrue();
    assertThat(lanes.allEndedUpTo(third)).isFalse();
    assertThat(lanes.mostAtOnce()).isEqualTo(2);
  }

  @Test
  void enter_moreThanFirstRoom_keepsAll() {
    long[] tickets = new long[100];
    for (int i = 0; i < tickets.length; i++) {
      tickets[i] = lanes.enter(lane(), 0);
    }
    for (long ticket : tickets) {
      assertThat(lanes.allEndedUpTo(ticket)).isFalse();
      lanes.leave(ticket, 0);
      assertThat(lanes.allEndedUpTo(ticket)).isTrue();
    }
    assertThat(lanes.mostAtOnce()).isEqualTo(100);
  }

  @Test
  void isRunner_remembersThreadsThatRanInvocations() {
    Thread lane = lane();
    lanes.leave(lanes.enter(lane, 0), 0);

    assertThat(lanes.isRunner(lane)).isTrue();
    assertThat(lanes.isRunner(lane())).isFalse();
  }
}
