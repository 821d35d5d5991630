package io.leakguard.chaos.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The JVM's settings of the AWS SDK for one test: nothing of the machine's own is used. */
public final class AwsProperties implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  /** No region, no keys, an empty configuration, and no question to the machine's network. */
  public static AwsProperties none(Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("aws-config"), "");
    return new AwsProperties()
        .set("aws.configFile", empty.toString())
        .set("aws.sharedCredentialsFile", empty.toString())
        .set("aws.disableEc2Metadata", "true");
  }

  /** A region, keys and the address that all requests go to. */
  public static AwsProperties of(Path folder, String address) throws IOException {
    return none(folder)
        .set("aws.region", "eu-central-1")
        .set("aws.accessKeyId", "test")
        .set("aws.secretAccessKey", "test")
        .set("aws.endpointUrl", address);
  }

  /** Sets one more. */
  public AwsProperties set(String name, String value) {
    before.putIfAbsent(name, String.valueOf(System.getProperty(name)));
    System.setProperty(name, value);
    return this;
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value.equals("null")) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
