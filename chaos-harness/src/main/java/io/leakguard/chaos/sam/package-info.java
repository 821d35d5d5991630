/**
 * Reads a SAM or CloudFormation template into what a local Lambda needs: the functions with their
 * configuration, sample events, the artifact to run and the upstreams in the environment.
 *
 * <p>A template is data: nothing in it is executed and nothing in it is fetched. What cannot be
 * known without AWS becomes a readable placeholder, or the reason why a function is skipped.
 */
package io.leakguard.chaos.sam;
