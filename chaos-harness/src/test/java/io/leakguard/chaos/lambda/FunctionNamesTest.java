package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionNamesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Orders,                                                      Orders, -",
        "Orders:$LATEST,                                              Orders, $LATEST",
        "Orders:live,                                                 Orders, live",
        "123456789012:function:Orders,                                Orders, -",
        "123456789012:function:Orders:7,                              Orders, 7",
        "arn:aws:lambda:eu-west-1:123456789012:function:Orders,       Orders, -",
        "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:Orders:live, Orders, live",
        "a:b:c:d,                                                     a:b:c:d, -",
        "'', '', -"
      })
  void parse_everyForm(String text, String name, String qualifier) {
    assertThat(FunctionNames.parse(text)).isEqualTo(new FunctionNames(name, qualifier));
  }

  @ParameterizedTest
  @CsvSource({"Orders", "a-b_c"})
  void arn_parsesBack(String name) {
    assertThat(FunctionNames.parse(FunctionNames.arn(name)).name()).isEqualTo(name);
  }
}
