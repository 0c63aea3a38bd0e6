package io.wishbone.control;

/// How a media node reports. May be called from an event loop: it never blocks.
public interface EventPublisher {

  void publish(NodeEvent event);
}
