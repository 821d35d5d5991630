package io.leakguard.chaos.proxy;

import com.google.gson.JsonPrimitive;
import java.util.List;

/** The paths and methods of Toxiproxy's API. */
final class Routes {
  /** The version whose API and toxics these are. */
  static final String VERSION = "2.12.0";

  private static final Reply NOT_FOUND = Reply.plain(404, "404 page not found");
  private static final Reply WRONG_METHOD = Reply.nothing(405);
  private static final Reply DONE = Reply.nothing(204);

  private final ProxyTable proxies;

  Routes(ProxyTable proxies) {
    this.proxies = proxies;
  }

  /**
   * Does what a request asks.
   *
   * @param path decoded
   * @throws ApiException when it is refused
   */
  Reply reply(String method, String path, String body) {
    List<String> parts = List.of(path.substring(1).split("/", -1));
    if (parts.contains("")) {
      return NOT_FOUND;
    }
    return switch (parts.get(0)) {
      case "version" -> parts.size() == 1 ? version(method) : NOT_FOUND;
      case "reset" -> parts.size() == 1 ? reset(method) : NOT_FOUND;
      case "populate" -> parts.size() == 1 ? populate(method, body) : NOT_FOUND;
      case "proxies" -> proxies(method, parts, body);
      default -> NOT_FOUND;
    };
  }

  private static Reply version(String method) {
    return method.equals("GET")
        ? new Reply(
            200,
            "application/json;charset=utf-8",
            "{\"version\": " + new JsonPrimitive(VERSION) + "}\n")
        : WRONG_METHOD;
  }

  private Reply reset(String method) {
    if (!method.equals("POST")) {
      return WRONG_METHOD;
    }
    proxies.reset();
    return DONE;
  }

  private Reply populate(String method, String body) {
    if (!method.equals("POST")) {
      return WRONG_METHOD;
    }
    return proxies.populate(body);
  }

  private Reply proxies(String method, List<String> parts, String body) {
    return switch (parts.size()) {
      case 1 -> allProxies(method, body);
      case 2 -> oneProxy(method, parts.get(1), body);
      case 3 -> parts.get(2).equals("toxics") ? toxics(method, parts.get(1), body) : NOT_FOUND;
      case 4 ->
          parts.get(2).equals("toxics")
              ? oneToxic(method, proxies.find(parts.get(1)), parts.get(3), body)
              : NOT_FOUND;
      default -> NOT_FOUND;
    };
  }

  private Reply allProxies(String method, String body) {
    return switch (method) {
      case "GET" -> Reply.json(200, proxies.json());
      case "POST" -> Reply.json(201, proxies.create(fields(body)).json());
      default -> WRONG_METHOD;
    };
  }

  private Reply oneProxy(String method, String name, String body) {
    return switch (method) {
      case "GET" -> Reply.json(200, proxies.find(name).json());
      case "POST", "PATCH" -> {
        proxies.find(name);
        yield Reply.json(200, proxies.update(name, fields(body)).json());
      }
      case "DELETE" -> {
        proxies.delete(name);
        yield DONE;
      }
      default -> WRONG_METHOD;
    };
  }

  private Reply toxics(String method, String proxy, String body) {
    return switch (method) {
      case "GET" -> Reply.json(200, proxies.find(proxy).on(Connections::json));
      case "POST" -> {
        TcpProxy target = proxies.find(proxy);
        Fields fields = fields(body);
        yield Reply.json(200, target.on(open -> open.add(Toxic.of(fields)).json()));
      }
      default -> WRONG_METHOD;
    };
  }

  private static Reply oneToxic(String method, TcpProxy proxy, String name, String body) {
    return switch (method) {
      case "GET" -> Reply.json(200, proxy.on(open -> open.find(name).json()));
      case "POST", "PATCH" ->
          Reply.json(
              200,
              proxy.on(
                  open -> {
                    open.find(name);
                    return open.update(name, fields(body)).json();
                  }));
      case "DELETE" -> {
        proxy.on(
            open -> {
              open.remove(name);
              return null;
            });
        yield DONE;
      }
      default -> WRONG_METHOD;
    };
  }

  private static Fields fields(String body) {
    return Fields.of(Fields.parse(body));
  }
}
