package io.leakguard.chaos.upstream;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts requests that have an effect and came again after the upstream had taken them without an
 * answer: what a client library that repeats silently does to an order. Used on one event loop; the
 * count is read from any thread.
 */
final class Duplicates {
  private static final Set<HttpMethod> WITHOUT_EFFECT =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final int REMEMBERED = 1000;

  /** What a request is known by: two with the same body hash are as good as equal here. */
  private record Key(HttpMethod method, String uri, int body) {}

  private final Set<Key> unanswered =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  private final AtomicLong count = new AtomicLong();

  void received(FullHttpRequest request, boolean answered) {
    if (WITHOUT_EFFECT.contains(request.method())) {
      return;
    }
    Key key = new Key(request.method(), request.uri(), request.content().hashCode());
    if (unanswered.contains(key)) {
      count.incrementAndGet();
    }
    if (answered) {
      unanswered.remove(key);
    } else {
      unanswered.add(key);
    }
  }

  long count() {
    return count.get();
  }
}
