package io.leakguard.runtime;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** Handlers of every form that Lambda's handler setting takes, for the runtime client to load. */
public final class Forms {
  private Forms() {}

  /** A stream handler that also fails, in ways that show in a trace. */
  public static final class Stream implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      System.out.println("event " + event);
      output.write(("{\"bytes\": " + event.length() + " }").getBytes(StandardCharsets.UTF_8));
      if (event.contains("fail")) {
        IOException failure = new IOException("no \"disk\" left", new RuntimeException("why"));
        failure.addSuppressed(new IllegalStateException("not closed"));
        throw failure;
      }
    }
  }

  /** Untyped JSON. */
  public static final class Maps implements RequestHandler<Map<String, Object>, Object> {
    @Override
    public Object handleRequest(Map<String, Object> event, Context context) {
      if (event == null) {
        return null;
      }
      if (event.containsKey("fail")) {
        throw new IllegalArgumentException((String) event.get("fail"));
      }
      return event.containsKey("unwritable") ? new Unwritable() : new TreeMap<>(event);
    }
  }

  /** A result that has no JSON: it holds itself. */
  public static final class Unwritable {
    public Unwritable getItself() {
      return this;
    }
  }

  /** A typed event and a typed result, with the bridge method that generics bring. */
  public static final class Http
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withHeaders(event.getHeaders())
          .withBody(event.getRouteKey() + event.getRequestContext())
          .build();
    }
  }

  /** Echoes an event with members that Lambda reads and writes in a way of its own. */
  public static final class Queue implements RequestHandler<SQSEvent, SQSEvent> {
    @Override
    public SQSEvent handleRequest(SQSEvent event, Context context) {
      return event;
    }
  }

  /** Echoes an event with a date. */
  public static final class Schedule implements RequestHandler<ScheduledEvent, ScheduledEvent> {
    @Override
    public ScheduledEvent handleRequest(ScheduledEvent event, Context context) {
      return event;
    }
  }

  /** Types that generics only bound, through a base class. */
  public static final class Inherited extends Base<Pojo> {}

  /** The base of {@link Inherited}. */
  public abstract static class Base<T extends Pojo> implements RequestHandler<T, List<T>> {
    @Override
    public List<T> handleRequest(T event, Context context) {
      return List.of(event, event);
    }
  }

  /** A class of the function's own. */
  public static final class Pojo {
    private String name;
    private double price;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public double getPrice() {
      return price;
    }

    public void setPrice(double price) {
      this.price = price;
    }
  }

  /** Methods of a class that implements nothing. */
  public static final class Methods {
    public Methods() {
      System.out.println("made with " + Thread.currentThread().getContextClassLoader().getClass());
    }

    public String nothing() {
      return "nothing";
    }

    public int onlyContext(Context context) {
      return context.getAwsRequestId().length();
    }

    public void onlyEvent(Pojo event) {
      System.out.println(event.getName());
    }

    public Pojo eventAndContext(Pojo event, Context context) throws TimeoutException {
      if (event.getName() == null) {
        throw new TimeoutException(context.getAwsRequestId());
      }
      return event;
    }

    public static String ofTheClass(List<Pojo> events) {
      return events.get(0).getName();
    }

    public String overloaded(Pojo event) {
      return "one";
    }

    public String overloaded(Pojo event, Context context) {
      return "two";
    }

    public int onlyInput(InputStream input) throws IOException {
      return input.read();
    }

    public void outputAndContext(OutputStream output, Context context) throws IOException {
      output.write(context.getAwsRequestId().getBytes(StandardCharsets.UTF_8));
    }

    public void streams(InputStream input, OutputStream output) throws IOException {
      byte[] event = input.readAllBytes();
      if (event.length == 0) {
        throw new AssertionError();
      }
      output.write(event);
    }

    public String tooMany(Pojo one, Pojo two, Pojo three, Pojo four) {
      return "never";
    }

    public Map<String, Object> contextEcho(Context context) {
      Map<String, Object> all = new TreeMap<>();
      all.put("requestId", context.getAwsRequestId());
      all.put("function", context.getFunctionName() + ':' + context.getFunctionVersion());
      all.put("arn", context.getInvokedFunctionArn());
      all.put("log", context.getLogGroupName() + ' ' + context.getLogStreamName());
      all.put("memory", context.getMemoryLimitInMB());
      all.put("trace", context.getXrayTraceId());
      all.put("traceProperty", System.getProperty("com.amazonaws.xray.traceHeader"));
      all.put("tenant", context.getTenantId());
      int left = context.getRemainingTimeInMillis();
      all.put("hasTime", left > 15_000 && left <= 30_000);
      all.put("contextClass", context.getClass().getName());
      all.put("thread", Thread.currentThread().getName());
      ClientContext client = context.getClientContext();
      if (client != null) {
        all.put("client", client.getClient().getAppTitle());
        all.put("custom", client.getCustom());
        all.put("environment", client.getEnvironment());
      }
      CognitoIdentity identity = context.getIdentity();
      if (identity != null) {
        all.put("identity", identity.getIdentityId() + identity.getIdentityPoolId());
      }
      context.getLogger().log("logged by the handler\n");
      return all;
    }
  }

  /** The constructor throws an exception of a type that nobody else could make. */
  public static final class FailsInConstructor implements RequestHandler<String, String> {
    public FailsInConstructor() {
      throw new OfTheFunction(42);
    }

    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }

  /** An exception without the usual constructors and with a message of its own making. */
  public static final class OfTheFunction extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    OfTheFunction(int code) {
      this.code = code;
    }

    @Override
    public String getMessage() {
      return "code " + code;
    }
  }

  /** The class cannot be initialised. */
  public static final class FailsInClass implements RequestStreamHandler {
    private static final int NUMBER = Integer.parseInt("none");

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write(NUMBER);
    }
  }

  /** Cannot be made without an argument. */
  public static final class NeedsArgument implements RequestHandler<String, String> {
    private final String text;

    public NeedsArgument(String text) {
      this.text = text;
    }

    @Override
    public String handleRequest(String event, Context context) {
      return text;
    }
  }

  /** Fails as a JVM does that is out of memory: the runtime client ends after its answer. */
  public static final class OutOfMemory implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
