"""Where a broker is: read from one address with the setting, without loading what talks to it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker listens, as whom we come, and what we subscribe to."""

    host: str
    port: int
    secure: bool
    user: str
    password: str
    topic: str


def broker(address: str) -> Broker:
    """Read the address of a broker with a topic, whose `#` means everything below.

    >>> broker("mqtt://reader:s%40fe@10.0.0.7/hall/#").topic
    'hall/#'

    Raises:
        ValueError: it is no such address.
    """
    url = urlsplit(address)
    topic = url.path.strip("/") + ("/#" if address.endswith("/#") else "")
    if url.scheme not in PORTS or not url.hostname or not topic:
        raise ValueError("write mqtt://user:password@host:1883/topic/#, or mqtts:// with a certificate that this machine trusts")
    user, password = unquote(url.username or ""), unquote(url.password or "")
    return Broker(url.hostname, url.port or PORTS[url.scheme], url.scheme == "mqtts", user, password, topic.strip("/"))
