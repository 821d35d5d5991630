package io.leakguard.chaos;

import io.leakguard.chaos.report.Cell;
import io.leakguard.chaos.report.ShapeNotRun;
import io.leakguard.chaos.report.TerminalReport;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.scenario.Minimizer;
import io.leakguard.chaos.scenario.Reduction;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.ShapeRun;
import io.leakguard.chaos.scenario.Stage;
import io.leakguard.chaos.scenario.Suspects;
import io.leakguard.chaos.scenario.Target;
import io.leakguard.chaos.text.ShellWord;
import io.leakguard.chaos.verdict.Finding;
import io.leakguard.chaos.verdict.Healing;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Minimized;
import io.leakguard.chaos.verdict.Repetition;
import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The cells of a run, shape by shape, and what is looked into when all are played. */
final class Matrix implements AutoCloseable {
  /** No trial of a smaller fault is begun after this. */
  private static final Duration LONGEST_SEARCH = Duration.ofSeconds(60);

  private final RunPlan plan;
  private final Console console;
  private final Stage stage;
  private final Suspects suspects = new Suspects();
  private final List<Cell> cells = new ArrayList<>();
  private final List<ShapeNotRun> notRun = new ArrayList<>();

  Matrix(RunPlan plan, Console console, Stage stage) {
    this.plan = plan;
    this.console = console;
    this.stage = stage;
  }

  List<Cell> cells() {
    return List.copyOf(cells);
  }

  List<ShapeNotRun> notRun() {
    return List.copyOf(notRun);
  }

  /** Plays a shape without counting it among the cells. */
  Map<String, Judgement> playAside(Shape shape, List<Target> targets) throws InterruptedException {
    return run(shape, Optional.empty()).play(targets);
  }

  private ShapeRun run(Shape shape, Optional<Suspects> keeper) {
    return new ShapeRun(
        stage,
        shape,
        new ShapeRun.Rules(
            plan.judging().seed(), plan.judging().maxErrors(), plan.judging().maxCellTime()),
        keeper,
        (playing, phase) -> console.status(playing.name() + "  " + phase));
  }

  /** Lists cells as not run. */
  void skip(Shape shape, List<Target> targets, String reason) {
    targets.forEach(t -> notRun.add(new ShapeNotRun(t.config().name(), shape.name(), reason)));
  }

  /**
   * Plays a shape on functions side by side, as often as it is to be played.
   *
   * @return false when one of them could not be judged
   */
  boolean play(Shape shape, List<Target> all) throws InterruptedException {
    List<Target> targets = playable(shape, all);
    Map<String, List<Judgement>> runs = new LinkedHashMap<>();
    for (int i = 0; i < plan.judging().repeat() && !targets.isEmpty(); i++) {
      boolean keeps = i == 0 && plan.judging().healCheck();
      ShapeRun run = run(shape, keeps ? Optional.of(suspects) : Optional.empty());
      run.play(targets)
          .forEach(
              (function, judgement) ->
                  runs.computeIfAbsent(function, key -> new ArrayList<>()).add(judgement));
      run.needed().forEach((function, needed) -> outOfTime(shape, function, needed));
      targets = targets.stream().filter(t -> !run.needed().containsKey(t.config().name())).toList();
    }
    runs.forEach((function, judgements) -> add(shape, function, Repetition.of(judgements)));
    return runs.values().stream()
        .flatMap(List::stream)
        .noneMatch(judgement -> judgement.verdict() == Verdict.HARNESS_FAULT);
  }

  /** A shape that a function cannot be played with is listed with the reason, never clean. */
  private List<Target> playable(Shape shape, List<Target> targets) {
    List<Target> playable = new ArrayList<>();
    for (Target target : targets) {
      String function = target.config().name();
      Optional<String> refusal = shape.refusal(target);
      if (refusal.isPresent()) {
        notRun(new ShapeNotRun(function, shape.name(), refusal.get()));
      } else {
        playable.add(target);
      }
    }
    return playable;
  }

  /** What no fault has reached is not clean. */
  private boolean isUntouched(Shape shape, Judgement judgement) {
    return judgement.verdict() == Verdict.CLEAN
        && shape.isAboutUpstreams()
        && judgement.course().calls().isNone();
  }

  private void outOfTime(Shape shape, String function, Duration needed) {
    long seconds = Math.max(1, needed.plusMillis(999).toSeconds());
    String reason =
        "needs about %d s, more than a cell gets; --max-cell-time %d would do"
            .formatted(seconds, seconds + 10);
    notRun(new ShapeNotRun(function, shape.name(), reason, Optional.of(needed)));
  }

  private void notRun(ShapeNotRun one) {
    notRun.add(one);
    console.line("  not run: %-24s %-26s %s".formatted(one.shape(), one.function(), one.reason()));
  }

  private void add(Shape shape, String function, Judgement judgement) {
    if (isUntouched(shape, judgement)) {
      notRun(new ShapeNotRun(function, shape.name(), "it called no upstream in any invocation"));
      return;
    }
    FunctionDefinition definition = plan.project().function(function);
    cells.add(
        new Cell(
            definition.logicalId(),
            definition.conditionTrue(),
            shape.name(),
            judgement,
            replay(definition, shape)));
    console.line(
        "  [%d/%d] %-24s %-26s %s"
            .formatted(
                cells.size(),
                plan.places().size(),
                shape.name(),
                function,
                TerminalReport.word(judgement)));
  }

  private String replay(FunctionDefinition function, Shape shape) {
    String file = plan.project().template().file().toString();
    String options =
        plan.project().options().stream()
            .map(word -> Masking.word(word, plan.project().secrets()))
            .map(word -> " " + ShellWord.of(word))
            .collect(Collectors.joining());
    return "%s run%s%s --function %s --shape %s --seed %d"
        .formatted(
            Installation.command(),
            file.equals(ProjectOptions.TEMPLATE) ? "" : " --template " + ShellWord.of(file),
            options,
            function.logicalId(),
            shape.name(),
            plan.judging().seed());
  }

  /** Looks for smaller faults that leak still, once for each bug. */
  void minimize(List<Target> targets) throws InterruptedException {
    Set<String> done = new HashSet<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      if (cell.judgement().verdict() == Verdict.LEAK && done.add(bug(cell))) {
        Minimized smallest = minimized(cell, targets);
        cells.set(i, with(cell, cell.judgement().withMinimized(smallest)));
        console.line(
            "  smallest fault: %s  %s%n    again: %s"
                .formatted(cell.function(), smallest.faults(), smallest.replay()));
      }
    }
  }

  private static String bug(Cell cell) {
    Finding first = cell.judgement().findings().get(0);
    String what = first.fingerprint() == null ? first.family() : first.fingerprint();
    return cell.function() + " " + first.kind() + " " + what;
  }

  private Minimized minimized(Cell cell, List<Target> targets) throws InterruptedException {
    Shape shape =
        plan.shapes().stream()
            .filter(one -> one.name().equals(cell.shape()))
            .findFirst()
            .orElseThrow();
    List<Target> alone =
        targets.stream().filter(t -> t.config().name().equals(cell.function())).toList();
    Minimizer.Smallest smallest =
        new Minimizer(
                smaller ->
                    playAside(smaller, alone).values().stream()
                        .allMatch(judgement -> judgement.verdict() == Verdict.LEAK),
                LONGEST_SEARCH)
            .of(shape);
    String steps = smallest.steps().stream().map(Reduction::text).collect(Collectors.joining(","));
    return new Minimized(
        String.join("; ", smallest.shape().how()),
        smallest.shape().faultInvocations(),
        cell.replay() + (steps.isEmpty() ? "" : " --reduce " + steps));
  }

  /** Waits for idle timeouts, for all that leaks at once. */
  void lookWhetherTheyHeal() throws InterruptedException {
    if (suspects.count() == 0) {
      return;
    }
    console.line(
        "  waiting %d s for idle timeouts of %d leaking environments (--no-heal-check skips this)"
            .formatted(suspects.waiting().toSeconds(), suspects.count()));
    Map<Suspects.Name, Healing> seen = suspects.look();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      Healing healing = seen.get(new Suspects.Name(cell.function(), cell.shape()));
      if (healing != null && cell.judgement().verdict() == Verdict.LEAK) {
        cells.set(i, with(cell, cell.judgement().withHealing(healing)));
      }
    }
  }

  private static Cell with(Cell cell, Judgement judgement) {
    return new Cell(cell.function(), cell.deployed(), cell.shape(), judgement, cell.replay());
  }

  @Override
  public void close() {
    suspects.close();
  }
}
