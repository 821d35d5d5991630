package io.leakguard.chaos.results;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings that somebody has accepted for a while. One that has expired counts again.
 *
 * @param entries in the order of the file
 */
public record AcceptList(List<Entry> entries) {
  /** Accepts nothing. */
  public static final AcceptList NONE = new AcceptList(List.of());

  private static final Gson GSON = new Gson();

  public AcceptList {
    entries = List.copyOf(entries);
  }

  /**
   * One line of it.
   *
   * @param fingerprint which finding
   * @param function only in this function; empty for all
   * @param shape only under this shape; empty for all
   * @param reason why
   * @param until the last day on which it counts
   */
  public record Entry(
      String fingerprint, String function, String shape, String reason, LocalDate until) {
    Acceptance on(LocalDate today) {
      return new Acceptance(
          fingerprint, function, shape, reason, until.toString(), today.isAfter(until), false);
    }
  }

  /**
   * Marks what is accepted in the results, and adds the list to them.
   *
   * @param root the results; changed
   * @param today decides what has expired
   */
  public void mark(JsonObject root, LocalDate today) {
    if (entries.isEmpty()) {
      return;
    }
    List<Acceptance> acceptances =
        new ArrayList<>(entries.stream().map(entry -> entry.on(today)).toList());
    for (JsonElement cell : root.getAsJsonArray("cells")) {
      markCell(cell.getAsJsonObject(), acceptances);
    }
    JsonArray list = new JsonArray();
    acceptances.forEach(acceptance -> list.add(GSON.toJsonTree(acceptance)));
    root.add("accepted", list);
  }

  private static void markCell(JsonObject cell, List<Acceptance> acceptances) {
    CellResult known = GSON.fromJson(cell, CellResult.class);
    for (int i = 0; i < known.findings().size(); i++) {
      JsonObject finding = cell.getAsJsonArray("findings").get(i).getAsJsonObject();
      finding.remove("accepted");
      String key = known.findings().get(i).key();
      for (int j = 0; j < acceptances.size(); j++) {
        Acceptance acceptance = acceptances.get(j);
        if (acceptance.isAbout(known.function(), known.shape(), key)) {
          acceptances.set(j, acceptance.asUsed());
          if (!acceptance.expired()) {
            finding.add("accepted", GSON.toJsonTree(acceptance.asUsed()));
          }
        }
      }
    }
  }
}
