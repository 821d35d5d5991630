/**
 * Production failure shapes, and how one is played: functions, proxies and load are brought
 * together here. {@link io.leakguard.chaos.scenario.Catalogue} lists the shapes, {@link
 * io.leakguard.chaos.scenario.ShapeRun} plays one.
 */
package io.leakguard.chaos.scenario;
