package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

  @Test
  void parse_completeOrder_hasIdAndLines() {
    Order order = Order.parse(Requests.ORDER);

    assertThat(order.orderId()).isEqualTo("o-1");
    assertThat(order.lines())
        .isEqualTo(List.of(new Order.Line("A-1", 2), new Order.Line("B-7", 1)));
  }

  @Test
  void parse_unknownProperty_isIgnored() {
    Order order =
        Order.parse(
            "{\"orderId\":\"o-1\",\"gift\":true,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}");

    assertThat(order.lines()).hasSize(1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "null"})
  void parse_nothing_isInvalid(String json) {
    assertThatThrownBy(() -> Order.parse(json))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("order must be a JSON object, but was nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "7", "\"text\"", "{\"lines\":3}"})
  void parse_otherJson_isInvalid(String json) {
    assertThatThrownBy(() -> Order.parse(json))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessageStartingWith("order must be a JSON object, but was ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|orderId must match",
        "{'orderId':'a b','lines':[]}|orderId must match",
        "{'orderId':'o-1'}|lines must have 1 to 20 elements, but was 0",
        "{'orderId':'o-1','lines':[]}|lines must have 1 to 20 elements, but was 0",
        "{'orderId':'o-1','lines':[null]}|lines must have no empty element, but was null",
        "{'orderId':'o-1','lines':[{'quantity':1}]}|sku must match",
        "{'orderId':'o-1','lines':[{'sku':'../x','quantity':1}]}|sku must match",
        "{'orderId':'o-1','lines':[{'sku':'A'}]}|quantity must be 1 or more, but was 0",
        "{'orderId':'o-1','lines':[{'sku':'A','quantity':-1}]}|quantity must be 1 or more"
      },
      quoteCharacter = '`')
  void parse_brokenRule_isNamedWithItsValue(String json, String message) {
    assertThatThrownBy(() -> Order.parse(json.replace('\'', '"')))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void parse_moreThanTwentyLines_isInvalid() {
    String lines = "{\"sku\":\"A\",\"quantity\":1},".repeat(21);
    String json = "{\"orderId\":\"o\",\"lines\":[" + lines.substring(0, lines.length() - 1) + "]}";

    assertThatThrownBy(() -> Order.parse(json)).hasMessageEndingWith("but was 21");
  }

  @Test
  void parse_controlCharacters_areEscapedInTheMessage() {
    assertThatThrownBy(() -> Order.parse("{\"orderId\":\"a\\nERROR b\"}"))
        .hasMessageEndingWith("but was \"a\\nERROR b\"");
  }

  @Test
  void parse_longValue_isCutInTheMessage() {
    assertThatThrownBy(() -> Order.parse("x".repeat(10_000)))
        .hasMessageEndingWith("but was \"" + "x".repeat(80) + "...\"");
  }

  @ParameterizedTest
  @CsvSource({"7,7,true", "7,6,true", "7,8,false", "0,1,false"})
  void isCoveredBy_comparesWithStock(int available, int quantity, boolean covered) {
    assertThat(new Order.Line("A", quantity).isCoveredBy(new Stock("A", available)))
        .isEqualTo(covered);
  }
}
