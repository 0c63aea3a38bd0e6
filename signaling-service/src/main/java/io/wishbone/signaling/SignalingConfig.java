package io.wishbone.signaling;

import io.smallrye.config.ConfigMapping;
import io.wishbone.signaling.auth.AuthMode;
import io.wishbone.signaling.auth.TokenAlgorithm;
import io.wishbone.signaling.placement.PlacementStrategy;
import io.wishbone.signaling.relay.RegionLinks;
import io.wishbone.signaling.session.PublisherConflict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings of signalling.
@ConfigMapping(prefix = "wishbone")
public interface SignalingConfig {

  /// How the process ends.
  Drain drain();

  /// The time between SIGTERM and the end.
  interface Drain {

    /// How long requests are served that still come.
    Duration delay();
  }

  /// How long a connection of HTTP/1 is kept for its next request.
  Duration keepAlive();

  /// `off` lets everybody publish and play; `jwt` asks for a token. Several apply together.
  Set<AuthMode> auth();

  /// What happens when somebody publishes a stream that has a publisher: `reject` answers 409,
  /// `same-subject` lets the same token subject take over, `always` lets anybody take over.
  PublisherConflict publisherConflict();

  /// Reverse proxies, as addresses or networks, whose `X-Forwarded` headers are believed. The
  /// framework reads it.
  List<String> trustedProxies();

  /// STUN and TURN servers that clients are told of, as `stun:host:port` (RFC 7064) and
  /// `turn:host:port?transport=udp` (RFC 7065); none when not set.
  Optional<List<String>> iceServers();

  /// What the TURN servers among them ask for.
  Turn turn();

  /// Another cluster, for when there is no room in this one, and other regions of this one.
  Redirect redirect();

  /// How a node is chosen: `least-loaded` looks at nothing but their load, `region-aware` at how
  /// far they are as well.
  PlacementStrategy placement();

  /// Where this process runs; unknown when not set.
  Optional<String> region();

  /// Which part of the region.
  Optional<String> zone();

  /// How it is found out in which region clients are.
  ClientRegion clientRegion();

  /// How it is found out in which region clients are. This process's own region is the last resort.
  interface ClientRegion {

    /// The name of a header in which a trusted proxy names the region.
    Optional<String> header();

    /// A database of addresses in the MaxMind format. It is read again when it has changed.
    Optional<String> geoipFile();

    /// What belongs to which region, such as `continent/EU=eu`, `country/US=us-east` or
    /// `subdivision/US-CA=us-west`.
    Optional<List<String>> geoipRegions();
  }

  /// How a stream gets to more nodes than one.
  Relay relay();

  /// How a stream gets to more nodes than one.
  interface Relay {

    /// How many nodes have a stream from the same node, at most.
    int maxEdges();

    /// How often a stream goes from one region to another: `one` link, or one for each edge
    /// (`direct`).
    RegionLinks betweenRegions();
  }

  /// How many requests clients may send.
  Limits limits();

  /// The stream keys, with `auth=keys`.
  Keys keys();

  /// The stream keys.
  interface Keys {

    /// A file with a line for each key. It is read again when it has changed.
    Optional<String> file();
  }

  /// The operator's own program, with `auth=webhook`.
  Webhook webhook();

  /// The operator's own program.
  interface Webhook {

    /// Where it is asked, by POST.
    Optional<URI> url();

    /// How long an answer may take.
    Duration timeout();

    /// With it, requests are signed.
    Optional<String> secret();

    /// How many may wait for an answer at the same time.
    int concurrency();
  }

  /// Who is told what becomes of streams and sessions.
  Notification notification();

  /// Who is told what becomes of streams and sessions.
  interface Notification {

    /// Where events are sent, by POST; nobody is told without it.
    Optional<URI> url();

    /// With it, requests are signed.
    Optional<String> secret();

    /// How many events may wait to be told, where they wait in memory.
    int queue();

    /// After this time, an event of which its receiver falls over is told no more.
    Duration keep();
  }

  /// How tokens are verified, with `auth=jwt`.
  Jwt jwt();

  /// What players get besides an answer.
  Whep whep();

  /// What players get besides an answer.
  interface Whep {

    /// How long the request of a player waits for a publisher of its stream, at most 30 seconds;
    /// `0s` answers 409 at once.
    Duration waitForPublisher();

    /// Whether a player whose offer has none of the stream's codecs is offered what there is (406),
    /// instead of being refused (422).
    boolean counterOffer();
  }

  /// Requests that change or look up something, a second, lasting; twenty times as many may come at
  /// once. 0 for no limit.
  interface Limits {

    /// From one address, or one IPv6 network of 64 bits. This machine itself has no limit.
    int perAddress();

    /// With tokens of one subject.
    int perSubject();
  }

  /// Where clients are sent, and what they carry.
  interface Redirect {

    /// What the URLs of the other cluster's endpoints begin with, such as
    /// `https://two.example.org`. Nobody is sent anywhere when not set.
    Optional<URI> to();

    /// What the URLs of the endpoints in other regions begin with, by the names of the regions.
    /// Clients that are there are sent there.
    Map<String, URI> regions();

    /// What both clusters have, at least 32 bytes. A cluster without it takes no grants.
    Optional<String> secret();

    /// How long a client may take to get there.
    Duration grantTtl();
  }

  /// Credentials for TURN servers: either a pair for everybody, or a secret to make them from.
  interface Turn {

    /// The user name for everybody.
    Optional<String> username();

    /// The password for everybody.
    Optional<String> credential();

    /// What the TURN servers have as their shared secret; coturn calls it `static-auth-secret`.
    Optional<String> secret();

    /// How long credentials that are made from the secret hold.
    Duration ttl();
  }

  /// How tokens are verified.
  interface Jwt {

    /// The one signature algorithm that is accepted: `es256`, `rs256`, `eddsa` or `hs256`.
    TokenAlgorithm algorithm();

    /// The public key as PEM or JWK set, inline.
    Optional<String> key();

    /// Where the public key is: a file, or an address. It is read again every 5 minutes, and when a
    /// token names another key. Without it, an issuer that is a URL is asked (OpenID Connect
    /// Discovery).
    Optional<String> keyLocation();

    /// The shared secret for `hs256`, at least 32 characters.
    Optional<String> secret();

    /// What the claim `iss` has to be, when set.
    Optional<String> issuer();

    /// What the claim `aud` has to contain, when set.
    Optional<String> audience();

    /// The claim that names the streams to publish. With `/` it is a path into objects.
    String publishClaim();

    /// The claim that names the streams to play.
    String playClaim();

    /// The claim that is true for those who may end the sessions of others.
    String adminClaim();

    /// The claim with the longest time that a session may last, in seconds.
    String lifetimeClaim();

    /// Whether sessions end with the token that opened them. Otherwise a token that has expired
    /// opens no new ones, and that is all.
    boolean expiryEndsSessions();
  }
}
