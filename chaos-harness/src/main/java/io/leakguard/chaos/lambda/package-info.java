/**
 * AWS Lambda on this machine: real child JVMs under the runtime client that production uses, frozen
 * between invocations, killed at their timeout, and invoked over AWS's own HTTP path.
 *
 * <p>{@link io.leakguard.chaos.lambda.LocalLambda} is the way in.
 */
package io.leakguard.chaos.lambda;
