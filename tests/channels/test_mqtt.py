"""Readings of sensors over MQTT, with a real Mosquitto on a free port: none is lost on the way, and what is wrong is said."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from paho.mqtt import publish
from tests.conftest import LATER, ZONE, unavailable

from lingting.channels.mqtt.broker import Broker, broker
from lingting.channels.mqtt.read import LARGEST, Sensed, read
from lingting.channels.mqtt.subscribe import subscriber
from lingting.ledger.models import Record
from lingting.message import Mistake
from lingting.registers.surroundings import sensors
from lingting.registers.surroundings.models import Reading

GOOD = b'{"place": "LL-H", "factor": "noise", "value": 61.5, "instrument": "NM-01", "at": "2026-06-23T15:00:00+08:00"}'


def test_a_list_of_readings_is_taken_one_by_one_and_what_is_wrong_is_named() -> None:
    first, second = read("hall/LL-H/noise", b'[{"value": 61, "instrument": "NM-01"}, {"value": "loud", "instrument": "NM-01"}]')
    assert first == Sensed("LL-H", "noise", "61.00", "NM-01")
    assert isinstance(second, Mistake)
    assert (second.place, second.wrong) == ("reading 2", "value must be a number.")


NONE = [
    b"", b"61.5", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b"1" * (LARGEST + 1), b'{"value": NaN, "instrument": "N"}', b'{"instrument": "N"}',
    b'{"value": 1e999, "instrument": "N"}', b'{"value": true, "instrument": "N"}', b'{"value": 1}', b'{"value": 1, "instrument": {"a": 1}}',
    b'{"value": 1, "instrument": "N", "colour": "red"}',
]  # fmt: skip


@pytest.mark.parametrize("payload", NONE)
def test_what_is_no_reading_is_a_mistake_and_never_an_exception(payload: bytes) -> None:
    [mistake] = read("hall/LL-H/noise", payload)
    assert isinstance(mistake, Mistake)
    assert mistake.remedy


def test_a_topic_without_levels_leaves_place_and_factor_to_the_object() -> None:
    assert isinstance(next(read("noise", b'{"value": 1, "instrument": "N"}')), Mistake)
    assert next(read("x", GOOD)).place == "LL-H"


@pytest.mark.parametrize("address", ["http://10.0.0.7/hall/#", "mqtt:///hall/#", "mqtt://10.0.0.7", "mqtt://10.0.0.7:99999/hall"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the setting says the sentence
        broker(address)


def test_an_address_without_a_port_means_the_usual_one() -> None:
    assert broker("mqtts://sensors.example/hall/+/noise") == Broker("sensors.example", 8883, secure=True, user="", password="", topic="hall/+/noise")


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Broker]:
    """A broker on a free port of this machine; without Mosquitto the test is skipped by name."""
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if program is None:
        unavailable("Mosquitto is not installed; scripts/machine gets it from Debian.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "conf").write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
    running = subprocess.Popen([program, "-c", tmp_path / "conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield broker(f"mqtt://127.0.0.1:{port}/hall/#")
    finally:
        running.terminate()
        running.wait(10)


class Ears:
    """Takes what comes and remembers it; `fail` makes it break down first."""

    def __init__(self, server: Broker) -> None:
        self.heard: list[Sensed | Mistake] = []
        self.fail = False
        self.client = subscriber(server, self.take, name="lingting-test")

    def take(self, items: Sequence[Sensed | Mistake]) -> None:
        if self.fail:
            raise RuntimeError("the database is away")
        self.heard += items

    def listen(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not until() and time.monotonic() < end:
            self.client.loop(0.05)

    def ready(self) -> "Ears":
        """Wait until the broker has confirmed the subscription."""
        done = []
        self.client.on_subscribe = lambda *_: done.append(True)
        self.listen(lambda: bool(done))
        assert done
        return self


def say(server: Broker, payload: bytes, topic: str = "hall/LL-H/noise") -> None:
    publish.single(topic, payload, qos=1, hostname=server.host, port=server.port)


def test_what_a_sensor_publishes_is_heard_and_what_is_published_elsewhere_is_not(mosquitto: Broker) -> None:
    ears = Ears(mosquitto).ready()
    say(mosquitto, GOOD, "kitchen/noise")
    say(mosquitto, GOOD)
    ears.listen(lambda: bool(ears.heard))
    assert ears.heard == [Sensed("LL-H", "noise", "61.50", "NM-01", "2026-06-23T15:00:00+08:00")]
    ears.client.disconnect()


def test_what_is_published_while_nobody_listens_waits(mosquitto: Broker) -> None:
    Ears(mosquitto).ready().client.disconnect()
    say(mosquitto, GOOD)
    ears = Ears(mosquitto)
    ears.listen(lambda: bool(ears.heard))
    assert len(ears.heard) == 1
    ears.client.disconnect()


def test_what_could_not_be_written_down_comes_again(mosquitto: Broker) -> None:
    ears = Ears(mosquitto).ready()
    ears.fail = True
    say(mosquitto, GOOD)
    with pytest.raises(RuntimeError):
        ears.listen(lambda: False)
    again = Ears(mosquitto)
    again.listen(lambda: bool(again.heard))
    assert len(again.heard) == 1
    again.client.disconnect()


@pytest.fixture
def hall(put: Callable[..., Record]) -> None:
    put("surroundings.place", code="LL-H", name="热线大厅", at="2026-06-01 08:00")
    put("instruments.instrument", code="NM-01", name="噪声计", sort="device", use="量大厅噪声", at="2026-06-01 08:00")


NOISE = {"place": "LL-H", "factor": "noise", "value": "61.50", "instrument": "NM-01", "at": "2026-06-23T15:00:00+08:00"}


def test_a_reading_that_comes_twice_is_written_down_once(hall: None) -> None:
    assert [sensors.take([NOISE], now=LATER, zone=ZONE).written for _ in range(2)] == [1, 0]
    [row] = Reading.objects.all()
    assert (row.value, row.at) == (6150, datetime(2026, 6, 23, 15, tzinfo=ZONE))


def test_a_reading_of_a_place_nobody_knows_does_not_keep_the_others_out(hall: None) -> None:
    taken = sensors.take([{**NOISE, "place": "XX-X"}, {**NOISE, "factor": "smell"}, NOISE], now=LATER, zone=ZONE)
    assert (taken.written, {one.column for one in taken.wrong}) == (1, {"place", "factor"})
