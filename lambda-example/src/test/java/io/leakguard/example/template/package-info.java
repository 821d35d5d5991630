/** What an operator sees of the example: alarms, canary, dashboard, queries, docs/metrics.md. */
package io.leakguard.example.template;
