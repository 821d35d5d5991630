/**
 * An order service on AWS Lambda that asks an inventory service over HTTP: the {@code Orders...}
 * handlers do it right, each {@code Leaky...} handler has one bug that only a failing inventory
 * brings out.
 */
package io.leakguard.example;
