package io.wishbone.signaling;

import io.quarkus.test.common.http.TestHTTPResource;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;

/// What tests of the HTTP surface have: a server without sessions, the node behind it, and a
/// client.
abstract class OverHttp {

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  Http http;

  @BeforeEach
  final void beginWithoutSessions() {
    http = new Http(base);
    TestServer.reset(node, sessions, streams);
  }
}
