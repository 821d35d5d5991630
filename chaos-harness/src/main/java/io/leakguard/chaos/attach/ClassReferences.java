package io.leakguard.chaos.attach;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/** The names of classes that a class file's constant pool mentions, with slashes. */
final class ClassReferences {
  private static final int MAGIC = 0xCAFEBABE;

  private ClassReferences() {}

  /**
   * Reads a class file as far as the end of its constant pool.
   *
   * @return empty for what is no class file
   * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">JVM
   *     Specification, 4.4</a>
   */
  static Set<String> of(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    if (in.readInt() != MAGIC) {
      return Set.of();
    }
    in.readInt();
    int entries = in.readUnsignedShort();
    String[] texts = new String[entries];
    int[] classes = new int[entries];
    for (int i = 1; i < entries; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes[i] = in.readUnsignedShort();
        default -> in.skipNBytes(length(tag));
      }
      // A long or a double takes two places.
      i += tag == 5 || tag == 6 ? 1 : 0;
    }
    Set<String> names = new HashSet<>();
    for (int index : classes) {
      if (index > 0 && index < entries && texts[index] != null) {
        names.add(texts[index]);
      }
    }
    return names;
  }

  private static int length(int tag) throws IOException {
    return switch (tag) {
      case 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("a constant pool has no entries of kind " + tag);
    };
  }
}
