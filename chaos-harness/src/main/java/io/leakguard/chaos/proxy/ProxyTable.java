package io.leakguard.chaos.proxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All proxies of a server. Confined to the thread of the API but for {@link #connections}. */
final class ProxyTable {
  private final EventLoop loop;
  private final SplittableRandom random;
  private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();

  /** Read by any thread. Counts stay when a proxy is deleted, and go on when it is made anew. */
  private final Map<String, LongAdder> connections = new ConcurrentHashMap<>();

  ProxyTable(EventLoop loop, SplittableRandom random) {
    this.loop = loop;
    this.random = random;
  }

  private record Wanted(String name, String listen, String upstream, boolean enabled) {
    static Wanted of(Fields body, String where) {
      Wanted wanted =
          new Wanted(
              body.text("name", ""),
              body.text("listen", ""),
              body.text("upstream", ""),
              body.flag("enabled", true));
      if (wanted.name.isEmpty()) {
        throw new ApiException(400, "missing required field: name" + where);
      }
      if (wanted.upstream.isEmpty()) {
        throw new ApiException(400, "missing required field: upstream" + where);
      }
      return wanted;
    }
  }

  private TcpProxy make(Wanted wanted) {
    LongAdder made = connections.computeIfAbsent(wanted.name, key -> new LongAdder());
    Connections open = new Connections(loop, random.split(), made::increment);
    return new TcpProxy(loop, open, wanted.name, wanted.listen, wanted.upstream);
  }

  /**
   * Finds a proxy.
   *
   * @throws ApiException when there is none of that name
   */
  TcpProxy find(String name) {
    TcpProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw new ApiException(404, "proxy not found");
    }
    return proxy;
  }

  TcpProxy create(Fields body) {
    Wanted wanted = Wanted.of(body, "");
    if (proxies.containsKey(wanted.name)) {
      throw new ApiException(409, "proxy already exists");
    }
    TcpProxy proxy = make(wanted);
    if (wanted.enabled) {
      proxy.start();
    }
    proxies.put(proxy.name(), proxy);
    return proxy;
  }

  TcpProxy update(String name, Fields body) {
    TcpProxy proxy = find(name);
    proxy.update(
        body.text("listen", proxy.listen()),
        body.text("upstream", proxy.upstream()),
        body.flag("enabled", proxy.enabled()));
    return proxy;
  }

  void delete(String name) {
    find(name).stop();
    proxies.remove(name);
  }

  /** How many connections the proxy of a name has made to its upstream. */
  long connections(String name) {
    LongAdder made = connections.get(name);
    return made == null ? 0 : made.sum();
  }

  /** Closes every listener and every connection. */
  void stop() {
    proxies.values().forEach(TcpProxy::stop);
  }

  /** Enables every proxy and removes all toxics. */
  void reset() {
    for (TcpProxy proxy : proxies.values()) {
      proxy.start();
      proxy.on(
          open -> {
            open.removeAll();
            return null;
          });
    }
  }

  /** Makes proxies, in place of those with the same name and other addresses. */
  Reply populate(String body) {
    List<Wanted> all = new ArrayList<>();
    try {
      for (JsonElement one : elements(Fields.parse(body))) {
        all.add(Wanted.of(Fields.of(one), " at proxy " + (all.size() + 1)));
      }
    } catch (ApiException e) {
      return populated(e, List.of());
    }
    List<TcpProxy> made = new ArrayList<>();
    try {
      for (Wanted wanted : all) {
        made.add(addOrReplace(wanted));
      }
      return populated(null, made);
    } catch (ApiException e) {
      return populated(e, made);
    }
  }

  private static JsonArray elements(JsonElement body) {
    if (body.isJsonNull()) {
      return new JsonArray();
    }
    if (!body.isJsonArray()) {
      throw Fields.bad("must be an array of proxies: " + body);
    }
    return body.getAsJsonArray();
  }

  private TcpProxy addOrReplace(Wanted wanted) {
    TcpProxy existing = proxies.get(wanted.name);
    if (existing != null) {
      if (!existing.differs(wanted.listen, wanted.upstream)) {
        return existing;
      }
      existing.stop();
    }
    TcpProxy proxy = make(wanted);
    if (wanted.enabled) {
      proxy.start();
    }
    proxies.put(proxy.name(), proxy);
    return proxy;
  }

  private static Reply populated(ApiException refused, List<TcpProxy> made) {
    JsonObject json = refused == null ? new JsonObject() : Reply.error(refused);
    JsonArray array = new JsonArray();
    made.forEach(proxy -> array.add(proxy.json()));
    json.add("proxies", made.isEmpty() ? JsonNull.INSTANCE : array);
    return Reply.json(refused == null ? 201 : refused.status(), json);
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    proxies.forEach((name, proxy) -> json.add(name, proxy.json()));
    return json;
  }
}
