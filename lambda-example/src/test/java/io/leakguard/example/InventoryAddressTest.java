package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080,http://localhost:8080/inventory/A-1",
    "http://localhost:8080/,http://localhost:8080/inventory/A-1",
    "https://api.example.com/v1,https://api.example.com/v1/inventory/A-1"
  })
  void stockOf_addressOfTheEnvironment_keepsItsPath(String url, String expected) {
    URI base = InventoryAddress.from(Map.of("INVENTORY_URL", url));

    assertThat(InventoryAddress.stockOf(base, "A-1")).isEqualTo(URI.create(expected));
  }

  @Test
  void from_variableMissing_saysWhatIsMissing() {
    assertThatThrownBy(() -> InventoryAddress.from(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("INVENTORY_URL must be an http or https address, but was nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8080", "ftp://host", "http://", "http://a b", "/path"})
  void from_noHttpAddress_isNamed(String url) {
    assertThatThrownBy(() -> InventoryAddress.from(Map.of("INVENTORY_URL", url)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("INVENTORY_URL must be an http or https address, but was " + url);
  }
}
