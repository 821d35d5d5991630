package io.leakguard.gauntlet.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the cases of one family. */
final class Cases {
  private final String family;
  private final List<Draft> drafts = new ArrayList<>();

  Cases(String family) {
    this.family = family;
  }

  Draft leak(String name, Body body) {
    return leak(name, () -> body);
  }

  Draft leak(String name, SetUp setUp) {
    return add(new Draft(name, Kind.LEAK, setUp));
  }

  Draft right(String name, Body body) {
    return right(name, () -> body);
  }

  Draft right(String name, SetUp setUp) {
    return add(new Draft(name, Kind.RIGHT, setUp));
  }

  List<Case> all() {
    return drafts.stream().map(draft -> draft.in(family)).toList();
  }

  private Draft add(Draft draft) {
    drafts.add(draft);
    return draft;
  }

  /** A case with what is special about it. */
  static final class Draft {
    private final String name;
    private final Kind kind;
    private final SetUp setUp;
    private int minJdk = 17;
    private int minInvocations = 1;
    private Undecidable undecidable;

    private Draft(String name, Kind kind, SetUp setUp) {
      this.name = name;
      this.kind = kind;
      this.setUp = setUp;
    }

    Draft sinceJdk(int feature) {
      minJdk = feature;
      return this;
    }

    Draft needsInvocations(int invocations) {
      minInvocations = invocations;
      return this;
    }

    Draft undecidable(String why, String decidedBy) {
      undecidable = new Undecidable(why, decidedBy);
      return this;
    }

    private Case in(String family) {
      return new Case(
          family + "/" + name,
          kind,
          minJdk,
          minInvocations,
          Optional.ofNullable(undecidable),
          setUp);
    }
  }
}
