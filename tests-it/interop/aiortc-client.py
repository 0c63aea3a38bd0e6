"""aiortc: gathers everything first, then one POST.

/usr/bin/python3 aiortc-client.py publish|watch ENDPOINT [TOKEN]
"""

import asyncio
import sys

import aiortc
from aiortc.contrib.media import MediaPlayer
from signalling import Session, tell

role, endpoint = sys.argv[1:3]
token = sys.argv[3] if len(sys.argv) > 3 else None


def offered_tracks(peer):
    picture = MediaPlayer("testsrc2=size=320x240:rate=15", format="lavfi")
    tone = MediaPlayer("sine=frequency=440:sample_rate=48000", format="lavfi")
    peer.addTransceiver(tone.audio, direction="sendonly")
    peer.addTransceiver(picture.video, direction="sendonly")


async def count(track, counts):
    """Decodes what comes."""
    name = "frames" if track.kind == "video" else "samples"
    while True:
        try:
            frame = await track.recv()
        except aiortc.mediastreams.MediaStreamError:
            return
        counts[name] += 1 if track.kind == "video" else frame.samples


async def report(counts):
    while True:
        await asyncio.sleep(0.5)
        tell("media", **counts)


async def main():
    tell("version", text=aiortc.__version__)
    peer = aiortc.RTCPeerConnection(aiortc.RTCConfiguration(iceServers=[]))
    session = Session(token)
    tasks = []

    @peer.on("connectionstatechange")
    def changed():
        tell("state", **{"is": peer.connectionState})

    if role == "publish":
        offered_tracks(peer)
    else:
        counts = {"frames": 0, "samples": 0}
        tasks.append(asyncio.create_task(report(counts)))
        peer.on("track", lambda track: tasks.append(asyncio.create_task(count(track, counts))))
        peer.addTransceiver("audio", direction="recvonly")
        peer.addTransceiver("video", direction="recvonly")

    loop = asyncio.get_running_loop()
    await peer.setLocalDescription(await peer.createOffer())
    answer = await loop.run_in_executor(None, session.post, endpoint, peer.localDescription.sdp)
    await peer.setRemoteDescription(aiortc.RTCSessionDescription(answer, "answer"))

    while (await loop.run_in_executor(None, sys.stdin.readline)).strip() != "stop":
        pass
    for task in tasks:
        task.cancel()
    await peer.close()
    await loop.run_in_executor(None, session.delete)


asyncio.run(main())
