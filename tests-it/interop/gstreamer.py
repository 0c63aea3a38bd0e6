"""GStreamer's webrtcbin: gathers everything first, then one POST.

/usr/bin/python3 gstreamer.py publish|watch ENDPOINT [TOKEN]: VP8
/usr/bin/python3 gstreamer.py publish-h264|watch-h264 ENDPOINT [TOKEN]: H.264
/usr/bin/python3 gstreamer.py probe: whether all parts are installed
"""

import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

from signalling import Session, tell

PEER = "webrtcbin name=peer bundle-policy=max-bundle"
# A lone element would not get a pipeline around it.
WATCHING = f"{PEER} fakesrc num-buffers=1 ! fakesink async=false"
ENCODED = {
    "vp8": """vp8enc deadline=1 keyframe-max-dist=30 target-bitrate=400000
      ! rtpvp8pay picture-id-mode=15-bit ! application/x-rtp,media=video,encoding-name=VP8,payload=96""",
    "h264": """x264enc tune=zerolatency bframes=0 key-int-max=60 bitrate=400 ! video/x-h264,profile=constrained-baseline
      ! rtph264pay config-interval=-1 aggregate-mode=zero-latency ! application/x-rtp,media=video,encoding-name=H264,payload=96""",
}
PUBLISHED = """
    videotestsrc is-live=true pattern=ball
      ! video/x-raw,format=I420,width=320,height=240,framerate=30/1
      ! {encoded} ! peer.
    audiotestsrc is-live=true freq=440 ! audioconvert ! audioresample
      ! opusenc ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=111 ! peer.
    {peer}
"""
WATCHED = {
    "vp8": "application/x-rtp,media=video,encoding-name=VP8,clock-rate=90000,payload=96",
    "h264": "application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=96,"
    "packetization-mode=(string)1,profile-level-id=(string)42e01f",
    "audio": "application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2,payload=111",
}
DECODED = {
    "vp8": "rtpvp8depay ! vp8dec ! fakesink name=sink sync=false signal-handoffs=true",
    "h264": "rtph264depay ! h264parse ! avdec_h264 ! fakesink name=sink sync=false signal-handoffs=true",
    "audio": "rtpopusdepay ! opusdec ! fakesink name=sink sync=false signal-handoffs=true",
}

ELEMENTS = ("webrtcbin", "nicesrc", "vp8enc", "vp8dec", "x264enc", "avdec_h264", "opusenc", "opusdec", "rtpvp8pay", "dtlsenc", "srtpenc")

role, _, codec = sys.argv[1].partition("-")
codec = codec or "vp8"
endpoint = sys.argv[2] if len(sys.argv) > 2 else None
token = sys.argv[3] if len(sys.argv) > 3 else None
counts = {"audio": 0, "video": 0}


def description(kind, text):
    message = GstSdp.SDPMessage.new_from_text(text)[1]
    return GstWebRTC.WebRTCSessionDescription.new(kind, message)


def decode(pipeline, pad):
    """Decodes and counts what comes from a pad of the peer."""
    kind = pad.get_current_caps().get_structure(0).get_string("media")
    chain = Gst.parse_bin_from_description(DECODED[codec if kind == "video" else kind], True)
    chain.get_by_name("sink").connect("handoff", lambda *_: counts.update({kind: counts[kind] + 1}))
    pipeline.add(chain)
    chain.sync_state_with_parent()
    pad.link(chain.get_static_pad("sink"))


def receive(pipeline, peer):
    for kind in ("audio", codec):
        peer.emit(
            "add-transceiver",
            GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY,
            Gst.Caps.from_string(WATCHED[kind]),
        )
    peer.connect("pad-added", lambda _, pad: decode(pipeline, pad))
    GLib.timeout_add(500, lambda: tell("media", **counts) or True)


def offer(peer, session):
    """Makes an offer, waits for its candidates, posts it."""

    def created(promise):
        # The description lives as long as the reply does.
        reply = promise.get_reply()
        peer.emit("set-local-description", reply.get_value("offer"), Gst.Promise.new())

    def gathered(*_):
        if peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            text = peer.get_property("local-description").sdp.as_text()
            answer = description(GstWebRTC.WebRTCSDPType.ANSWER, session.post(endpoint, text))
            peer.emit("set-remote-description", answer, Gst.Promise.new())

    peer.connect("notify::ice-gathering-state", lambda *_: GLib.idle_add(gathered))
    peer.emit("create-offer", None, Gst.Promise.new_with_change_func(created))


def main():
    Gst.init(None)
    tell("version", text=".".join(str(part) for part in Gst.version()[:3]))
    loop = GLib.MainLoop()
    session = Session(token)
    pipeline = Gst.parse_launch(PUBLISHED.format(encoded=ENCODED[codec], peer=PEER) if role == "publish" else WATCHING)
    peer = pipeline.get_by_name("peer")
    peer.connect(
        "notify::connection-state",
        lambda *_: tell("state", **{"is": peer.get_property("connection-state").value_nick}),
    )
    pipeline.get_bus().add_signal_watch()
    pipeline.get_bus().connect("message::error", lambda _, message: sys.exit(message.parse_error()[0].message))
    if role == "watch":
        receive(pipeline, peer)
        pipeline.set_state(Gst.State.PLAYING)
        offer(peer, session)
    else:
        peer.connect("on-negotiation-needed", lambda _: offer(peer, session))
        pipeline.set_state(Gst.State.PLAYING)

    def obey():
        while sys.stdin.readline().strip() != "stop":
            pass
        GLib.idle_add(loop.quit)

    threading.Thread(target=obey, daemon=True).start()
    loop.run()
    pipeline.set_state(Gst.State.NULL)
    session.delete()


if role == "probe":
    Gst.init(None)
    sys.exit(any(Gst.ElementFactory.find(name) is None for name in ELEMENTS))
main()
