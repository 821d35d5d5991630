/**
 * Load on functions through Lambda's Invoke path: three Gatling simulations, set by system
 * properties ({@link io.leakguard.load.LoadSettings}), and {@link io.leakguard.load.Driver}, which
 * runs any number of them in one JVM.
 */
package io.leakguard.load;
