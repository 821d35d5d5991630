package io.leakguard.chaos.staging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.scenario.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.core.SdkBytes;

/** What must hold before anything is touched, as a local AWS API tells it. */
class AdmissionTest {
  private static final String ROLE = "arn:aws:iam::" + MotoServer.ACCOUNT + ":role/orders";
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  private static MotoServer moto;
  private static String missing;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    try {
      moto = MotoServer.start();
    } catch (TestAbortedException e) {
      missing = e.getMessage();
      return;
    }
    CREDENTIALS.forEach(System::setProperty);
    createRole();
    try (Aws aws = Aws.of(StagingFile.read(write(Files.createTempFile("s", ".yaml"), "staging")))) {
      aws.logs().createLogGroup(r -> r.logGroupName("/aws/lambda/orders"));
      SdkBytes code = SdkBytes.fromByteArray(zip());
      aws.lambda()
          .createFunction(
              r ->
                  r.functionName("orders")
                      .role(ROLE)
                      .runtime("java17")
                      .handler("a.B::c")
                      .code(c -> c.zipFile(code))
                      .tags(Map.of("stage", "staging")));
    }
  }

  /** Not before all of them: then none would be counted as skipped. */
  @BeforeEach
  void nothingIsMissing() {
    Assumptions.assumeTrue(missing == null, missing);
  }

  @AfterAll
  static void stop() {
    CREDENTIALS.keySet().forEach(System::clearProperty);
    if (moto != null) {
      moto.close();
    }
  }

  /** The SDK for IAM is no dependency; a signature is not looked at. */
  private static void createRole() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(moto.address() + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "Action=CreateRole&Version=2010-05-08&RoleName=orders"
                        + "&AssumeRolePolicyDocument=%7B%7D"))
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
    }
    return bytes.toByteArray();
  }

  private static Path write(Path file, String stage) throws IOException {
    return Files.writeString(
        file,
        """
        stage: %s
        region: eu-central-1
        endpoint: %s
        functions:
          OrdersFunction: {invoke: "orders:live", logGroup: /aws/lambda/orders}
        toxiproxy: {control: "http://127.0.0.1:1", proxies: {}}
        guardRails:
          accounts: ["%s"]
          stages: [staging, qa]
          stageTag: stage
          maximumDuration: 1m
          maximumInvocations: 100
          maximumPerSecond: 1
        """
            .formatted(stage, moto.address(), MotoServer.ACCOUNT));
  }

  private void check(String stage, String from, String to) throws IOException {
    Path file = write(folder.resolve("s.yaml"), stage);
    Files.writeString(file, Files.readString(file).replace(from, to));
    StagingConfig config = StagingFile.read(file);
    StagingPlan plan =
        StagingPlan.of(
            config,
            config.functions(),
            List.of(Catalogue.find("healthy").orElseThrow()),
            Map.of("OrdersFunction", n -> "{}"));
    plan.check();
    try (Aws aws = Aws.of(config)) {
      Admission.check(plan, aws);
    }
  }

  @Test
  void accountStageTagAndLog_asTheyMustBe_areAdmitted() throws IOException {
    check("staging", "", "");
  }

  @Test
  void tag_thatSaysAnotherStage_isRefused() {
    assertThatThrownBy(() -> check("qa", "", ""))
        .hasMessage("tag 'stage' of OrdersFunction must be qa, is staging");
  }

  @Test
  void tag_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> check("staging", "stageTag: stage", "stageTag: team"))
        .hasMessage("tag 'team' of OrdersFunction must be staging, is null");
  }

  @Test
  void function_ofAnotherAccount_isRefused() {
    String arn = "arn:aws:lambda:eu-central-1:999999999999:function:orders";
    assertThatThrownBy(() -> check("staging", "orders:live", arn))
        .hasMessage("the function must be of account 123456789012, is " + arn);
  }

  @Test
  void tag_ofAFunctionThatIsCalledByUrl_cannotBeAsked() {
    assertThatThrownBy(
            () -> check("staging", "invoke: \"orders:live\"", "url: \"https://example.com\""))
        .hasMessageContaining("guardRails.stageTag needs functions that are invoked by name");
  }

  @Test
  void logGroup_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> check("staging", "/aws/lambda/orders", "/aws/lambda/none"))
        .hasMessageStartingWith("AWS could not read log group /aws/lambda/none");
  }
}
