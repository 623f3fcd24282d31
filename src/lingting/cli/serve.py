"""`lingting serve` and `lingting work`: the server with its worker, and a worker of its own."""

import signal
import socket
from threading import Event

import click


def ready() -> None:
    """Stop with a sentence unless the database is as the book needs it."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from lingting.ledger import triggers

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException("The database is not up to date. Run `lingting migrate` first.")
    if missing := triggers.missing():
        raise click.ClickException(
            f"The database would let records be changed: {len(missing)} triggers are missing (first: {missing[0]}). "
            "Run `lingting migrate`, and `lingting verify` to see whether anything was changed."
        )


@click.command()
@click.option("--port", type=int, help="Instead of LINGTING_PORT; 0 takes a free one.")
def serve(port: int | None) -> None:
    """Serve the pages and the API."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    ready()
    address = settings.LINGTING["ADDRESS"]
    port = _free(address, settings.LINGTING["PORT"] if port is None else port)
    click.echo(f"Lingting 聆听: http://{address}:{port}/")
    Granian(
        "lingting.site.wsgi:application", address=address, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=1, log_enabled=False,
    ).serve()  # fmt: skip


def _free(address: str, port: int) -> int:
    """Return the port, or a free one for 0; a port that is taken is said before the server tries."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise click.ClickException(
                f"{address}:{port} cannot be used ({error.strerror}). Choose another port with --port or LINGTING_PORT; 0 takes a free one."
            ) from error
        return int(probe.getsockname()[1])


@click.command()
def work() -> None:
    """Listen, assess and seal in a process of its own (set LINGTING_WORKER=false for the server)."""
    from lingting.site import worker

    ready()
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    worker.loop(worker.pack(), stop)
