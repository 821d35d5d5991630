package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's tables as Linux writes them on x86-64 and arm64. */
class SocketTableTest {
  private static final String HEADER = "  sl  local_address rem_address   st tx_queue ...\n";
  private static final String REST = " 00000000:00000000 00:00000000 00000000     0        0 ";

  private final SocketTable table = new SocketTable();

  @BeforeEach
  void fill() {
    Assumptions.assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    table.addInternet(
        HEADER
            + "   0: 00000000:1F90 00000000:0000 0A"
            + REST
            + "10 1 0000000093af7b56 100 0 0 10 0\n"
            + "   1: 0100007F:1F90 0100007F:C001 01"
            + REST
            + "11 1 0 20 4 30 10 -1\n"
            + "   2: 0100007F:C002 0700000A:01BB 08"
            + REST
            + "12 1 0 20 4 30 10 -1\n"
            + "   3: 0100007F:C003 0700000A:01BB 06"
            + REST
            + "0 1 0 20 4 30 10 -1\n",
        true);
    table.addInternet(
        HEADER
            + "   0: 00000000000000000000000000000000:C004"
            + " 0000000000000000FFFF00000700000A:01BB 01"
            + REST
            + "13 1 0\n"
            + "   1: 00000000000000000000000000000000:C005"
            + " B80D0120000000000000000001000000:01BB 02"
            + REST
            + "14 1 0\n",
        true);
    table.addInternet(HEADER + "  9: 0100007F:D001 0800000A:0035 01" + REST + "15 2 0 0\n", false);
    table.addUnix(
        """
        Num       RefCount Protocol Flags    Type St Inode Path
        0000000000000000: 00000002 00000000 00010000 0001 01 16 /tmp/x.sock
        0000000000000000: 00000003 00000000 00000000 0001 03 17
        """);
  }

  private String exact(long inode) {
    return table.find(inode).exact();
  }

  private String title(long inode) {
    OpenSocket socket = table.find(inode);
    return socket.title(table.isAccepted(socket));
  }

  @Test
  void find_givesStateAndPeer() {
    assertThat(exact(10)).isEqualTo("LISTEN :8080");
    assertThat(exact(12)).isEqualTo("CLOSE_WAIT 10.0.0.7:443");
    assertThat(exact(13)).isEqualTo("ESTABLISHED 10.0.0.7:443");
    assertThat(exact(14)).isEqualTo("SYN_SENT 2001:db8:0:0:0:0:0:1:443");
    assertThat(exact(15)).isEqualTo("UDP 10.0.0.8:53");
    assertThat(exact(16)).isEqualTo("UNIX /tmp/x.sock");
    assertThat(exact(17)).isEqualTo("UNIX");
    assertThat(exact(4_711)).isEqualTo("unconnected");
  }

  @Test
  void title_leavesOutWhatChangesBetweenDeploys() {
    assertThat(title(10)).isEqualTo("LISTEN");
    assertThat(title(11)).isEqualTo("ESTABLISHED accepted on :8080");
    assertThat(title(12)).isEqualTo("CLOSE_WAIT to :443");
    assertThat(title(15)).isEqualTo("UDP to :53");
    assertThat(title(4_711)).isEqualTo("unconnected");
  }

  @Test
  void peers_areThoseOfMostSockets_whateverTheirState() {
    SocketPeers peers = SocketPeers.of(List.of(11L, 12L, 13L, 12L), table);
    assertThat(peers.key()).isEqualTo("socket CLOSE_WAIT to :443");
    assertThat(peers.identity()).isEqualTo("socket to :443");
    assertThat(peers.state()).isEqualTo("CLOSE_WAIT");
    assertThat(peers.detail())
        .isEqualTo(
            "2 CLOSE_WAIT 10.0.0.7:443, 1 ESTABLISHED 127.0.0.1:49153, 1 ESTABLISHED 10.0.0.7:443");
  }

  @Test
  void peers_ofNothing_areNone() {
    assertThat(SocketPeers.of(List.of(), table)).isNull();
  }

  @Test
  void addInternet_textThatIsNoTable_isLeftOut() {
    table.addInternet("", true);
    table.addInternet("sl\nx y\n\n", true);
    assertThat(exact(10)).isEqualTo("LISTEN :8080");
  }
}
