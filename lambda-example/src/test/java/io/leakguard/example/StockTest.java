package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

  @Test
  void parse_answerWithMoreProperties_takesSkuAndNumber() throws IOException {
    assertThat(Stock.parse("{\"sku\":\"A-1\",\"available\":7,\"warehouse\":\"north\"}"))
        .isEqualTo(new Stock("A-1", 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "{\"available\":7}"})
  void parse_answerWithoutSku_fails(String json) {
    assertThatThrownBy(() -> Stock.parse(json))
        .isInstanceOf(IOException.class)
        .hasMessage("inventory sent a body without sku");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"sku\":", "[1]", "{\"sku\":\"A\",\"available\":\"many\"}"})
  void parse_notTheExpectedJson_fails(String json) {
    assertThatThrownBy(() -> Stock.parse(json))
        .isInstanceOf(IOException.class)
        .hasMessage("inventory sent a body that is not JSON");
  }
}
