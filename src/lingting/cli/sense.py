"""`lingting sense`: writes down what sensors publish at an MQTT broker, for as long as it runs."""

import socket
from collections.abc import Sequence
from dataclasses import asdict

import click

from lingting.channels.mqtt.read import Sensed
from lingting.channels.mqtt.subscribe import subscriber
from lingting.message import Mistake


@click.command()
def sense() -> None:
    """Write down what sensors publish at the broker in LINGTING_SENSORS."""
    from django.conf import settings

    server = settings.LINGTING["SENSORS"]
    if server is None:
        raise click.ClickException("LINGTING_SENSORS is empty. Write mqtt://user:password@host:1883/topic/# into it.")
    try:
        client = subscriber(server, take, name=f"lingting-{socket.gethostname()}")
    except OSError as error:
        raise click.ClickException(f"No broker answers at {server.host}:{server.port}: {error}.") from error
    click.echo(f"Listening at {server.host}:{server.port} to {server.topic}.", err=True)
    client.loop_forever()


def take(items: Sequence[Sensed | Mistake]) -> None:
    """Write readings down and name what could not be taken."""
    from lingting.registers.surroundings import sensors
    from lingting.site import clock, worker

    taken = sensors.take([asdict(one) for one in items if isinstance(one, Sensed)], now=clock.now(), zone=worker.zone())
    for one in items:
        if isinstance(one, Mistake):
            click.echo(": ".join(part for part in (one.path, one.place, one.wrong) if part) + f" {one.remedy}", err=True)
    for wrong in taken.wrong:
        click.echo(str(wrong), err=True)
