package io.leakguard.chaos;

import io.leakguard.chaos.fault.ProxyChoice;
import io.leakguard.chaos.scenario.Shape;
import java.util.List;

/**
 * What a run is asked to do, checked before anything is started.
 *
 * @param project which functions to play
 * @param shapes which shapes to play
 * @param proxy which proxy stands between functions and upstreams
 * @param judging how they are judged
 */
record RunPlan(Project project, List<Shape> shapes, ProxyChoice proxy, JudgingOptions judging) {}
