package io.leakguard.chaos.fleet;

import io.leakguard.chaos.text.Printable;
import java.util.regex.Pattern;

/**
 * What is asked of a fleet.
 *
 * @param prefix how the names of its log groups begin
 * @param window what is reported
 * @param before what it is compared with
 * @param top how many leaks are told of one by one
 * @param ownerTag the name of the tag that names a function's owner
 * @param inBatches whether log groups are named one by one, fifty a query
 * @param price US dollars per GB scanned
 */
public record FleetQuestion(
    String prefix,
    Window window,
    Window before,
    int top,
    String ownerTag,
    boolean inBatches,
    double price) {
  /** CloudWatch's own rule for names of log groups. */
  private static final Pattern NAME = Pattern.compile("[-._/#A-Za-z0-9]{1,512}");

  /**
   * Checks the prefix, which stands in the query.
   *
   * @throws FleetException when no log group can begin so
   */
  public FleetQuestion {
    if (!NAME.matcher(prefix).matches()) {
      throw new FleetException(
          "--log-group-prefix must be 1 to 512 of a-z A-Z 0-9 . _ - / #: " + Printable.of(prefix));
    }
  }
}
