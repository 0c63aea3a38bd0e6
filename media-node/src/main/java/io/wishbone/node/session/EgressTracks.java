package io.wishbone.node.session;

import io.wishbone.node.allocation.Qualities;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All tracks of one viewer: its sound and its picture.
final class EgressTracks {
  private final List<EgressTrack> tracks = new ArrayList<>();
  private final Qualities qualities = new Qualities();

  EgressTracks(
      Negotiation negotiation,
      PeerTransport transport,
      SessionParts parts,
      ViewerPath path,
      RetransmissionBudget budget) {
    for (NegotiatedTrack track : negotiation.tracks()) {
      tracks.add(
          new EgressTrack(
              tracks.size(),
              track,
              negotiation.peer().twoByteExtensions(),
              transport,
              parts,
              path,
              budget));
    }
  }

  List<EgressTrack> all() {
    return tracks;
  }

  EgressTrack get(int number) {
    return tracks.get(number);
  }

  @Nullable EgressTrack find(long ssrc) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).ssrc() == ssrc) {
        return tracks.get(i);
      }
    }
    return null;
  }

  /// The track that carries this one of the source; null when none does.
  @Nullable EgressTrack carrying(Track source) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).track() == source) {
        return tracks.get(i);
      }
    }
    return null;
  }

  /// Carries these tracks of a source from now on, each where the viewer can play it. False: there
  /// is one of the viewer's for which there is none.
  boolean bind(List<Track> sources) {
    boolean all = true;
    for (EgressTrack egress : tracks) {
      Track match = null;
      for (Track candidate : sources) {
        if (egress.canCarry(candidate)) {
          match = candidate;
        }
      }
      all &= match != null;
      egress.bind(match);
    }
    return all;
  }

  boolean hasPicture() {
    for (EgressTrack track : tracks) {
      if (track.codec().isVideo()) {
        return true;
      }
    }
    return false;
  }

  /// Begins the picture anew with the next keyframe.
  void restartPicture() {
    for (EgressTrack track : tracks) {
      if (track.codec().isVideo()) {
        track.restart();
      }
    }
  }

  void choose(LayerChoice choice) {
    for (EgressTrack track : tracks) {
      if (track.codec().isVideo()) {
        track.choose(choice);
      }
    }
  }

  /// Whether a keyframe is waited for.
  boolean isWaiting() {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).awaited() != null) {
        return true;
      }
    }
    return false;
  }

  /// Asks for the keyframes that are waited for.
  void requestAwaited(MediaStream stream, long nowNanos) {
    for (EgressTrack track : tracks) {
      Encoding awaited = track.awaited();
      if (awaited != null) {
        stream.requestKeyframe(awaited, nowNanos);
      }
    }
  }

  /// Gives the picture what the path carries beside the sound.
  ///
  /// @param estimate what the path carries, bits a second
  /// @return whether a keyframe is needed for that
  boolean allocate(long estimate, long nowNanos) {
    long room = room(estimate);
    boolean needed = false;
    for (int i = 0; i < tracks.size(); i++) {
      EgressTrack track = tracks.get(i);
      needed |= track.allocate(room, qualities, nowNanos) && !track.switchWithPast(nowNanos);
    }
    return needed;
  }

  /// What is left for the picture beside the sound.
  private long room(long estimate) {
    long room = estimate;
    for (int i = 0; i < tracks.size(); i++) {
      EgressTrack track = tracks.get(i);
      room -= track.codec().isVideo() ? 0 : track.highestBitrate();
    }
    return room;
  }

  /// Whether the viewer has use for an encoding of the source's track.
  ///
  /// @param estimate what the path carries, bits a second
  boolean uses(Track source, Encoding encoding, long estimate) {
    EgressTrack carrying = carrying(source);
    return carrying != null && carrying.uses(encoding, room(estimate));
  }

  /// Tells the viewer to hold frames back for so long.
  void delayPlayout(int millis) {
    for (int i = 0; i < tracks.size(); i++) {
      tracks.get(i).delayPlayout(millis);
    }
  }

  /// When the first frame of the picture had been sent, `Long.MIN_VALUE` while none has.
  long firstFrameNanos() {
    for (int i = 0; i < tracks.size(); i++) {
      EgressTrack track = tracks.get(i);
      if (track.codec().isVideo() && track.flow().firstFrameNanos() != Long.MIN_VALUE) {
        return track.flow().firstFrameNanos();
      }
    }
    return Long.MIN_VALUE;
  }

  /// RTP packets sent.
  long packets() {
    long packets = 0;
    for (EgressTrack track : tracks) {
      packets += track.flow().packets();
    }
    return packets;
  }

  /// Bytes of payload sent.
  long octets() {
    long octets = 0;
    for (EgressTrack track : tracks) {
      octets += track.flow().octets();
    }
    return octets;
  }

  /// RTP packets sent again.
  long retransmitted() {
    long packets = 0;
    for (EgressTrack track : tracks) {
      packets += track.flow().retransmitted();
    }
    return packets;
  }

  /// What the best qualities take, bits a second; 0 while that is not known.
  long highestBitrate() {
    long bitrate = 0;
    for (int i = 0; i < tracks.size(); i++) {
      bitrate += tracks.get(i).highestBitrate();
    }
    return bitrate;
  }

  /// What is sent now, bits a second; 0 while that is not known.
  long bitrate() {
    long bitrate = 0;
    for (int i = 0; i < tracks.size(); i++) {
      bitrate += tracks.get(i).bitrate();
    }
    return bitrate;
  }
}
