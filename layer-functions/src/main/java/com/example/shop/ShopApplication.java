package com.example.shop;

import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A function as Spring Cloud Function has it: a bean, with the framework's own handler. */
@SpringBootApplication
public class ShopApplication {
  /** The function that {@code SPRING_CLOUD_FUNCTION_DEFINITION} names. */
  @Bean
  public Function<Map<String, String>, Map<String, String>> price() {
    return Shop::price;
  }
}
