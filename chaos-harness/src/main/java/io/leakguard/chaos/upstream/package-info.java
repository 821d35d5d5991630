/** What stands behind the proxy in place of the real upstream. */
package io.leakguard.chaos.upstream;
