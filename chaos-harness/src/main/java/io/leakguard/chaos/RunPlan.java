package io.leakguard.chaos;

import io.leakguard.chaos.fault.ProxyChoice;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.scenario.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run is asked to do, checked before anything is started.
 *
 * @param project which functions to play
 * @param shapes which shapes to play
 * @param proxy which proxy stands between functions and upstreams
 * @param judging how they are judged
 * @param shard which part of the matrix
 */
record RunPlan(
    Project project, List<Shape> shapes, ProxyChoice proxy, JudgingOptions judging, Shard shard) {

  /**
   * The cells to play. They are dealt out over all functions that the user asked for, also those
   * that this machine cannot run, so that every machine deals alike.
   */
  Set<Shard.Place> places() {
    Set<String> all = new HashSet<>(project.notRun().keySet());
    project.functions().forEach(function -> all.add(function.logicalId()));
    Set<Shard.Place> mine = shard.places(all, shapes.stream().map(Shape::name).toList());
    List<String> chosen = project.functions().stream().map(FunctionDefinition::logicalId).toList();
    mine.removeIf(place -> !chosen.contains(place.function()));
    return mine;
  }
}
