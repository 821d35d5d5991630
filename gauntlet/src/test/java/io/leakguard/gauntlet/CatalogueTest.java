package io.leakguard.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.gauntlet.cases.Case;
import io.leakguard.gauntlet.cases.Catalogue;
import io.leakguard.gauntlet.cases.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final List<Case> all = Catalogue.all();

  @Test
  void names_ofAllCases_areUnique() {
    assertThat(all).extracting(Case::name).doesNotHaveDuplicates();
  }

  @Test
  void catalogue_hasManyOfBothKinds() {
    assertThat(all).filteredOn(what -> what.kind() == Kind.LEAK).hasSizeGreaterThanOrEqualTo(75);
    assertThat(all).filteredOn(what -> what.kind() == Kind.RIGHT).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void named_knownName_isThatCase() {
    assertThat(Catalogue.named("locks/latch").kind()).isEqualTo(Kind.LEAK);
  }

  @Test
  void named_unknownName_saysWhich() {
    assertThatThrownBy(() -> Catalogue.named("locks/none")).hasMessageContaining("locks/none");
    assertThatThrownBy(() -> Catalogue.named("none/at-all")).hasMessageContaining("none");
  }

  @Test
  void runsOn_olderJdkOrTooFewInvocations_isFalse() {
    Case virtual = Catalogue.named("virtual/park");
    Case tenth = Catalogue.named("threads/in-every-tenth-invocation");

    assertThat(virtual.runsOn(17, 60)).isFalse();
    assertThat(virtual.runsOn(25, 5)).isTrue();
    assertThat(tenth.runsOn(17, 5)).isFalse();
    assertThat(tenth.runsOn(17, 60)).isTrue();
  }
}
