package io.leakguard.chaos.fleet;

/**
 * A function, as Lambda lists it.
 *
 * @param runtime such as {@code java21}; {@code image} for one in a container image
 * @param logGroup where its lines go
 */
record LambdaFunction(String name, String arn, String runtime, String logGroup) {
  /** Whether a guard can be in it: nothing tells what is in an image or runs on an own runtime. */
  boolean mayHaveAGuard() {
    return runtime.startsWith("java") || runtime.equals("image") || runtime.startsWith("provided");
  }
}
