package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final List<String> FUNCTIONS = List.of("C", "A", "B", "D", "E");
  private static final List<String> SHAPES = List.of("slow", "reset", "healthy");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 15, 40})
  void places_allParts_haveEachCellOnce(int of) {
    List<Shard.Place> all = new ArrayList<>();
    for (int part = 1; part <= of; part++) {
      Set<Shard.Place> places = new Shard(part, of).places(FUNCTIONS, SHAPES);
      all.addAll(places);
    }
    assertThat(all).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void places_otherOrder_areTheSame() {
    List<String> functions = new ArrayList<>(FUNCTIONS);
    List<String> shapes = new ArrayList<>(SHAPES);
    Collections.shuffle(functions, new Random(1));
    Collections.shuffle(shapes, new Random(2));
    assertThat(new Shard(2, 4).places(functions, shapes))
        .isEqualTo(new Shard(2, 4).places(FUNCTIONS, SHAPES));
  }

  @Test
  void places_functionsOfOneShape_stayTogether() {
    assertThat(new Shard(1, 3).places(FUNCTIONS.subList(0, 4), SHAPES))
        .extracting(Shard.Place::shape)
        .containsExactly("healthy", "healthy", "healthy", "healthy");
    assertThat(groups(new Shard(1, 2), FUNCTIONS)).isEqualTo(3);
    assertThat(groups(new Shard(2, 2), FUNCTIONS)).isEqualTo(3);
    assertThat(new Shard(2, 2).places(FUNCTIONS, SHAPES)).hasSize(9);
  }

  /** Shapes are played one after the other: so many times as long as one the part takes. */
  private static long groups(Shard shard, List<String> functions) {
    return shard.places(functions, SHAPES).stream().map(Shard.Place::shape).distinct().count();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 10, 15})
  void places_morePartsThanShapes_noneIsIdle(int of) {
    for (int part = 1; part <= of; part++) {
      assertThat(new Shard(part, of).places(FUNCTIONS, SHAPES)).isNotEmpty();
    }
  }

  @Test
  void parse_partOfParts_isRead() {
    assertThat(Shard.parse("2/8")).isEqualTo(new Shard(2, 8)).hasToString("2/8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "0/8", "9/8", "1/0", "a/b", "-1/2", "1/2/3", "1/99999", " 1/2"})
  void parse_noPart_saysTheRuleInOneLine(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(ResultsException.class)
        .hasMessage("a shard must be PART/OF with 1 <= PART <= OF, as in 2/8: " + text);
  }
}
