package io.leakguard;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The kernel's tables of sockets, by inode.
 *
 * <p>Reading them takes the kernel up to some milliseconds, whatever the number of sockets: it
 * walks a hash table whose size follows the machine's memory. So they are read for a report only.
 */
final class SocketTable {
  /** Sockets of other processes and closed ones are in the tables too; more is not read. */
  private static final int LONGEST = 4 << 20;

  private static final String[] TCP_STATES = {
    "ESTABLISHED",
    "SYN_SENT",
    "SYN_RECV",
    "FIN_WAIT1",
    "FIN_WAIT2",
    "TIME_WAIT",
    "CLOSED",
    "CLOSE_WAIT",
    "LAST_ACK",
    "LISTEN",
    "CLOSING"
  };

  private static final OpenSocket UNCONNECTED =
      new OpenSocket("unconnected", "", 0, 0, OpenSocket.Place.NONE);

  private final Map<Long, OpenSocket> sockets = new HashMap<>();
  private final Set<Integer> listening = new HashSet<>();

  /** Reads all tables of this process's network; what cannot be read is left out. */
  static SocketTable read() {
    SocketTable table = new SocketTable();
    for (String protocol : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
      table.addInternet(text(protocol), protocol.startsWith("tcp"));
    }
    table.addUnix(text("unix"));
    return table;
  }

  private static String text(String protocol) {
    try (FileInputStream in = new FileInputStream("/proc/self/net/" + protocol)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  void addInternet(String text, boolean tcp) {
    text.lines().skip(1).forEach(line -> addInternetLine(line, tcp));
  }

  /** Fields: number, local, remote, state, queues, timer, retransmits, user, timeout, inode. */
  private void addInternetLine(String line, boolean tcp) {
    StringTokenizer fields = new StringTokenizer(line);
    if (fields.countTokens() < 10) {
      return;
    }
    fields.nextToken();
    String local = fields.nextToken();
    String remote = fields.nextToken();
    int state = Integer.parseInt(fields.nextToken(), 16);
    for (int i = 0; i < 5; i++) {
      fields.nextToken();
    }
    long inode = Long.parseUnsignedLong(fields.nextToken());
    String name = tcp && state >= 1 && state <= TCP_STATES.length ? TCP_STATES[state - 1] : "UDP";
    int localPort = port(local);
    if (name.equals("LISTEN")) {
      listening.add(localPort);
    }
    OpenSocket.Place place = tcp ? OpenSocket.Place.TCP : OpenSocket.Place.UDP;
    sockets.put(inode, new OpenSocket(name, address(remote), port(remote), localPort, place));
  }

  /** Fields: address, references, protocol, flags, type, state, inode, and a path if bound. */
  void addUnix(String text) {
    text.lines()
        .skip(1)
        .map(StringTokenizer::new)
        .filter(fields -> fields.countTokens() >= 7)
        .forEach(this::addUnixLine);
  }

  private void addUnixLine(StringTokenizer fields) {
    for (int i = 0; i < 6; i++) {
      fields.nextToken();
    }
    long inode = Long.parseUnsignedLong(fields.nextToken());
    String path = fields.hasMoreTokens() ? fields.nextToken() : "";
    sockets.put(inode, new OpenSocket("UNIX", path, 0, 0, OpenSocket.Place.UNIX));
  }

  private static int port(String endpoint) {
    return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
  }

  /** Words of four bytes, each in the byte order of the machine. */
  private static String address(String endpoint) {
    byte[] bytes = HexFormat.of().parseHex(endpoint.substring(0, endpoint.indexOf(':')));
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      for (int word = 0; word < bytes.length; word += 4) {
        swap(bytes, word, word + 3);
        swap(bytes, word + 1, word + 2);
      }
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IOException e) {
      return "";
    }
  }

  private static void swap(byte[] bytes, int a, int b) {
    byte swapped = bytes[a];
    bytes[a] = bytes[b];
    bytes[b] = swapped;
  }

  /** Finds a socket; one that is open and in no table is connected to nothing. */
  OpenSocket find(long inode) {
    return sockets.getOrDefault(inode, UNCONNECTED);
  }

  /** Says whether the socket was accepted here: its peer's port says nothing then. */
  boolean isAccepted(OpenSocket socket) {
    return !socket.state().equals("LISTEN") && listening.contains(socket.localPort());
  }
}
