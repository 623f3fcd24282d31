"""Subscribing at a broker: each message is acknowledged only once what it holds was taken, so that none is lost on the way."""

from collections.abc import Callable, Sequence
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from lingting.channels.mqtt.broker import Broker
from lingting.channels.mqtt.read import Sensed, read
from lingting.message import Mistake

LEAVES = None
"""What leaves the house this way: nothing; messages only come in."""

AT_LEAST_ONCE = 1


def subscriber(server: Broker, take: Callable[[Sequence[Sensed | Mistake]], None], *, name: str) -> Client:
    """Return a client that connected and hands each message's readings to `take`; run it with `loop_forever`.

    The broker keeps messages for `name` while we are away, and sends again what was not acknowledged: `take` may meet a reading twice.
    """
    client = Client(CallbackAPIVersion.VERSION2, client_id=name, clean_session=False, manual_ack=True)
    if server.user:
        client.username_pw_set(server.user, server.password)
    if server.secure:
        client.tls_set()

    def subscribe(client: Client, *_: Any) -> None:
        client.subscribe(server.topic, AT_LEAST_ONCE)

    def receive(client: Client, _: Any, message: MQTTMessage) -> None:
        take(list(read(message.topic, bytes(message.payload))))
        client.ack(message.mid, message.qos)

    client.on_connect = subscribe
    client.on_message = receive
    client.connect(server.host, server.port)
    return client
