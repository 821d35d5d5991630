package io.leakguard.example.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** The dashboard of a stack. */
record Dashboard(JsonObject body) {

  static Dashboard of(SamTemplate template, Stack stack) {
    JsonObject properties =
        template.ofType("AWS::CloudWatch::Dashboard").values().iterator().next();
    String body = stack.text(properties.get("DashboardBody"));
    return new Dashboard(JsonParser.parseString(body).getAsJsonObject());
  }

  List<JsonObject> widgets() {
    List<JsonObject> widgets = new ArrayList<>();
    for (JsonElement widget : body.getAsJsonArray("widgets")) {
      widgets.add(widget.getAsJsonObject());
    }
    return widgets;
  }

  List<JsonObject> widgets(String type) {
    return widgets().stream()
        .filter(widget -> widget.get("type").getAsString().equals(type))
        .toList();
  }
}
