package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Case;
import io.leakguard.gauntlet.cases.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the names of the cases. */
@Command(name = "list", description = "Lists the cases.")
final class ListCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    for (Case what : Catalogue.all()) {
      System.out.println(what.kind() + " " + what.name());
    }
    return 0;
  }
}
