package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Shape;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked to do, checked before anything is started.
 *
 * @param project which functions to play
 * @param shapes which shapes to play
 * @param toxiproxy a server that runs already, if the user names one
 * @param judging how they are judged
 */
record RunPlan(
    Project project, List<Shape> shapes, Optional<URI> toxiproxy, JudgingOptions judging) {}
