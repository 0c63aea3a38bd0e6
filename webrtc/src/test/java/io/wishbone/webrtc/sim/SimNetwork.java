package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.transport.Offload;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Datagrams and timers in simulated time, from a seed.
///
/// Time starts at a second, so that nobody takes zero for "never", and moves from event to event.
public final class SimNetwork {
  private record Event(long at, long order, SimSocket socket, Happening what) {}

  private sealed interface Happening {
    record Arrival(byte[] datagram, InetSocketAddress source) implements Happening {}

    record Timer() implements Happening {}

    record Completion(Runnable done) implements Happening {}
  }

  /// More events than any test has at one instant: an endpoint whose timeout never moves on.
  private static final int STUCK = 1_000_000;

  private record Route(InetSocketAddress from, InetSocketAddress to) {}

  private final SplittableRandom random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private final Map<InetSocketAddress, SimSocket> sockets = new HashMap<>();
  private final List<SimSocket> inOrder = new ArrayList<>();
  private final Map<Route, SimLink> links = new HashMap<>();
  private final LinkConditions usual;

  private long now = 1_000_000_000L;
  private long order;
  private long delivered;
  private long lost;
  private long eventsAtNow;

  public SimNetwork(long seed) {
    this(seed, LinkConditions.LAN);
  }

  public SimNetwork(long seed, LinkConditions usual) {
    this.random = new SplittableRandom(seed);
    this.usual = usual;
  }

  public long now() {
    return now;
  }

  public long delivered() {
    return delivered;
  }

  public long lost() {
    return lost;
  }

  /// An independent stream of random numbers for one of the peers.
  public SplittableRandom randomForPeer() {
    return random.split();
  }

  public SimSocket open(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    SimSocket socket = new SimSocket(this, address);
    if (sockets.putIfAbsent(address, socket) != null) {
      throw new IllegalStateException(address + " is open already");
    }
    inOrder.add(socket);
    return socket;
  }

  /// Sets the conditions of both directions between two sockets, from now on.
  public void connect(SimSocket a, SimSocket b, LinkConditions conditions) {
    link(a.address(), b.address()).conditions(conditions);
    link(b.address(), a.address()).conditions(conditions);
  }

  /// Sets the conditions of one direction.
  public void connectOneWay(SimSocket from, SimSocket to, LinkConditions conditions) {
    link(from.address(), to.address()).conditions(conditions);
  }

  /// Lets all that goes from one socket to another pass a bottleneck that it may share with others.
  public void connectThrough(SimBottleneck bottleneck, SimSocket from, SimSocket to) {
    link(from.address(), to.address()).share(bottleneck);
  }

  private SimLink link(InetSocketAddress from, InetSocketAddress to) {
    return links.computeIfAbsent(new Route(from, to), _ -> new SimLink(usual));
  }

  /// Runs DTLS steps in place: deterministic, and free in simulated time.
  public Offload offload() {
    return new Offload() {
      @Override
      public <T> void run(Supplier<T> work, Completion<T> done) {
        done.accept(work.get(), now);
      }
    };
  }

  /// Runs DTLS steps in place as well, but brings each result back after this time, in an event of
  /// its own, as the event loop of a media node does.
  public Offload offload(SimSocket socket, Duration latency) {
    return new Offload() {
      @Override
      public <T> void run(Supplier<T> work, Completion<T> done) {
        T result = work.get();
        var completion = new Happening.Completion(() -> done.accept(result, now));
        events.add(new Event(now + latency.toNanos(), order++, socket, completion));
      }
    };
  }

  void send(SimSocket from, byte[] datagram, InetSocketAddress destination) {
    SimSocket to = sockets.get(destination);
    if (to == null) {
      lost++;
      return;
    }
    SimLink link = link(from.address(), destination);
    int copies = link.duplicates(random) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long arrival = link.arrival(datagram.length, now, random);
      if (arrival == SimLink.LOST) {
        lost++;
      } else {
        events.add(
            new Event(arrival, order++, to, new Happening.Arrival(datagram, from.address())));
      }
    }
  }

  /// Puts a datagram on the wire from any source, for tests that play the stranger.
  public void inject(InetSocketAddress source, SimSocket to, byte[] datagram) {
    events.add(new Event(now, order++, to, new Happening.Arrival(datagram, source)));
  }

  void reschedule(SimSocket socket) {
    SimEndpoint endpoint = socket.endpoint();
    long next = endpoint == null ? Long.MAX_VALUE : endpoint.nextTimeoutNanos();
    if (next < socket.timerAt) {
      socket.timerAt = Math.max(next, now);
      events.add(new Event(socket.timerAt, order++, socket, new Happening.Timer()));
    }
  }

  public void run(Duration duration) {
    runUntil(() -> false, duration);
  }

  /// Runs until `condition` holds after some event, for at most `limit`; says whether it held.
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    long end = now + limit.toNanos();
    inOrder.forEach(this::reschedule);
    while (!condition.getAsBoolean()) {
      Event event = events.peek();
      if (event == null || event.at > end) {
        now = end;
        return condition.getAsBoolean();
      }
      events.remove();
      if (event.at > now) {
        now = event.at;
        eventsAtNow = 0;
      } else if (++eventsAtNow > STUCK) {
        throw new IllegalStateException("time stands still at " + now + " ns: " + event.socket);
      }
      dispatch(event);
    }
    return true;
  }

  private void dispatch(Event event) {
    SimSocket socket = event.socket;
    SimEndpoint endpoint = socket.endpoint();
    switch (event.what) {
      case Happening.Timer _ -> {
        if (event.at != socket.timerAt) {
          return;
        }
        socket.timerAt = Long.MAX_VALUE;
        if (endpoint != null && endpoint.nextTimeoutNanos() <= now) {
          endpoint.handleTimeout(now);
        }
      }
      case Happening.Arrival(byte[] datagram, InetSocketAddress source) -> {
        if (endpoint != null) {
          delivered++;
          // Receivers decrypt in place, and duplicates share their bytes.
          ByteBuffer copy = ByteBuffer.wrap(datagram.clone());
          endpoint.handleDatagram(copy, 0, copy.capacity(), source, now);
        }
      }
      case Happening.Completion(Runnable done) -> done.run();
    }
    reschedule(socket);
  }
}
