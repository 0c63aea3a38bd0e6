"""What the programs here have in common: WHIP and WHEP by HTTP, and lines on standard output that a test reads."""

import sys
import urllib.error
import urllib.request


def tell(event, **values):
    """Tells the test: a word and named values, none of them with a space."""
    print(event, *(f"{name}={value}" for name, value in values.items()), flush=True)


class Session:
    """The session of one POST."""

    def __init__(self, token=None):
        self._authorization = {"Authorization": f"Bearer {token}"} if token else {}
        self.url = None
        self.entity_tag = None

    def post(self, endpoint, offer):
        """Sends an offer and gives the answer."""
        status, headers, answer = self._send("POST", endpoint, "application/sdp", offer)
        tell("posted", status=status)
        if status != 201:
            sys.exit(f"{status} {answer}")
        self.url = headers["Location"]
        self.entity_tag = headers["ETag"]
        return answer

    def delete(self):
        tell("deleted", status=self._send("DELETE", self.url)[0])

    def _send(self, method, url, content_type=None, body=None):
        request = urllib.request.Request(url, method=method, headers=dict(self._authorization))
        if body is not None:
            request.data = body.encode()
            request.add_header("Content-Type", content_type)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read().decode()
