package io.leakguard.runtime;

/**
 * What the runtime client posted.
 *
 * @param kind {@code response}, {@code error}, or {@code init/error}
 * @param errorType the header of that name; null with a response
 * @param cause the header with X-Ray's view of the error; null with a response
 */
record Answer(String kind, String body, String errorType, String cause) {}
