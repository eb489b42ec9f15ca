package org.drivelens.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.drivelens.testsupport.OnRealParts;
import org.springframework.boot.test.context.SpringBootTest;

/** Starts the whole service on a port of its own, with a real database and a real broker. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@OnRealParts
@SpringBootTest(
    classes = ApiService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "drivelens.admin-token=" + Api.TOKEN,
      // It would wake up while a test empties the tables.
      "drivelens.alerts.every=1h"
    })
public @interface OnTheApi {}
