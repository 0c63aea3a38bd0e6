package io.wishbone.signaling.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.NodeId;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The media nodes that are alive, and whether they take sessions.
@Path("/api/v1/nodes")
@RunOnVirtualThread
public final class AdminNodesResource {

  private static final Logger LOG = Logger.getLogger(AdminNodesResource.class);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
  private static final Duration LONGEST = Duration.ofDays(1);

  /// As long as a node takes that is told by SIGTERM.
  private static final Duration USUAL = Duration.ofSeconds(60);

  private static final String NEVER = "never";

  private final Operators operators;
  private final NodeStore nodes;
  private final Dispatcher dispatcher;
  private final SecureRandom random = new SecureRandom();

  AdminNodesResource(Operators operators, NodeStore nodes, Dispatcher dispatcher) {
    this.operators = operators;
    this.nodes = nodes;
    this.dispatcher = dispatcher;
  }

  @GET
  public Response list(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    List<NodeRecord> all =
        nodes.all().stream().sorted(Comparator.comparing(NodeRecord::node)).toList();
    return AdminJson.list("nodes", all, all.size(), AdminJson::node);
  }

  @GET
  @Path("{node}")
  public Response get(
      @PathParam("node") String node,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    return AdminJson.ok(AdminJson.node(find(node)));
  }

  /// From now on it takes no new sessions, and it ends when it has none left.
  ///
  /// @param within seconds after which it ends in any case, with what is left of its sessions; 60
  ///   when that is not said. `never` lets it stay, also without any
  @POST
  @Path("{node}/drain")
  public Response drain(
      @PathParam("node") String node,
      @QueryParam("within") @Nullable String within,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    return change(find(node), true, time(within));
  }

  /// It takes sessions again.
  @DELETE
  @Path("{node}/drain")
  public Response takeAgain(
      @PathParam("node") String node,
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    operators.check(authorization);
    return change(find(node), false, null);
  }

  /// Null for no end.
  private static @Nullable Duration time(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    if (text.equals(NEVER)) {
      return null;
    }
    if (SECONDS.matcher(text).matches()) {
      Duration time = Duration.ofSeconds(Integer.parseInt(text));
      if (time.compareTo(LONGEST) <= 0) {
        return time;
      }
    }
    throw ProblemException.malformed("within is a number of seconds, 86400 at most, or never");
  }

  private Response change(NodeRecord node, boolean draining, @Nullable Duration within) {
    Reply reply =
        dispatcher.send(node.node(), new Drain(SessionId.generate(random), draining, within));
    if (!(reply instanceof DrainChanged changed)) {
      throw ProblemException.internal("the media node did not understand");
    }
    LOG.infof("Node %s %s", node.node(), draining ? "drains" : "takes sessions again");
    return AdminJson.ok(
        new JsonObject()
            .put("node", node.node().value())
            .put("draining", draining)
            .put("sessions", changed.sessions()));
  }

  private NodeRecord find(String id) {
    NodeRecord node = null;
    try {
      node = nodes.find(new NodeId(id));
    } catch (IllegalArgumentException _) {
      // There is none of such a name.
    }
    if (node == null) {
      throw ProblemException.notFound("there is no such node, or it is silent");
    }
    return node;
  }
}
