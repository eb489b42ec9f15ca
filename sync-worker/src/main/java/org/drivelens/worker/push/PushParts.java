package org.drivelens.worker.push;

import java.time.Clock;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.stop.Stopping;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts the keeping of channels together; fails with a sentence if the public address is no good.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushProperties.class)
class PushParts {

  @Bean
  ChannelKeeper channelKeeper(
      JdbcClient jdbc,
      Feeds feeds,
      GoogleDrive drive,
      Stopping stopping,
      PushProperties properties,
      @Value("${drivelens.public-url:}") String publicUrl) {
    return new ChannelKeeper(
        new Channels(jdbc, properties),
        feeds,
        drive,
        stopping,
        PublicAddress.webhook(publicUrl, properties.allowHttp()),
        properties.lifetime(),
        Clock.systemUTC());
  }
}
