package io.leakguard.example.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What the SAM translator, a Python library, makes of the template: plain CloudFormation. */
final class TranslatedTemplate {
  private static final String VARIABLE = "LEAKGUARD_SAM_PYTHON";
  private static final String SCRIPT = "src/test/python/translate.py";
  private static JsonObject translated;

  private TranslatedTemplate() {}

  /** The translated template; skips the test where there is no translator. */
  static synchronized JsonObject get() {
    String python = System.getenv().getOrDefault(VARIABLE, "python3");
    assumeTrue(
        translated != null || canTranslate(python),
        () ->
            "not run: "
                + python
                + " has no aws-sam-translator and boto3; name one that has in "
                + VARIABLE);
    if (translated == null) {
      String json =
          EmittedDocuments.output(new ProcessBuilder(python, SCRIPT, SamTemplate.FILE.toString()));
      translated = JsonParser.parseString(json).getAsJsonObject();
    }
    return translated;
  }

  private static boolean canTranslate(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import boto3, samtranslator")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
