"""The worker (后台): listens, assesses and seals, in a thread of the server or in a process of its own."""

import logging
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.db import Error, connection

from lingting import spine
from lingting.catalog import load
from lingting.conformity import weeks
from lingting.inspection.calendar import WorkCalendar, work_calendar
from lingting.inspection.pack import Pack, standard_pack
from lingting.ledger import sealer, statistics
from lingting.site import options, speech
from lingting.site.clock import now

if TYPE_CHECKING:
    from lingting.channels.recording.recognise import Recogniser

log = logging.getLogger(__name__)

PAUSE = 0.5
"""Seconds between two looks when nothing waits; a block is sealed within a second."""

REFRESH = timedelta(hours=1)

LEAST = 19
"""The priority of the rounds: nobody waits for them."""


@cache
def seal_key() -> Ed25519PrivateKey | None:
    """Return the key that signs blocks, if one is set."""
    words: str = settings.LINGTING["SEAL_KEY"]
    if not words:
        return None
    key = load_pem_private_key(words.encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("LINGTING_SEAL_KEY must be an Ed25519 private key in PEM form")
    return key


def heads() -> Path:
    """Return the file beside the database in which the chain's heads are noted."""
    return Path(settings.HOME) / "heads.log"


def zone() -> ZoneInfo:
    """Return the organisation's time zone."""
    place: ZoneInfo = settings.LINGTING["ZONE"]
    return place


def ours() -> tuple[str, ...]:
    """Return the organisation's mail addresses and domains."""
    addresses: tuple[str, ...] = settings.LINGTING["ADDRESSES"]
    return addresses


@cache
def recogniser() -> "Recogniser | None":
    """Return what makes words of recordings, if anything is set and installed."""
    return speech.recogniser(settings.LINGTING)


@cache
def calendar() -> WorkCalendar:
    """Return the organisation's working calendar."""
    return work_calendar(zone(), load.ours().calendar)


@cache
def pack() -> Pack:
    """Return the norms in force, compiled."""
    return standard_pack(organisation=settings.LINGTING["ORGANISATION"], calendar=calendar(), kept=Path(settings.HOME) / options.PACKS)


def seal() -> int:
    """Seal what was written and return how many entries that were."""
    return sealer.seal(seal_key(), heads=heads())


def turn(pack: Pack) -> int:
    """Do what waits: listen, assess, seal, and in quiet time count a week that needs it; return how much was done."""
    heard = spine.work(pack=pack, now=now())
    seal()
    return heard or weeks.catch_up(now())


def loop(pack: Pack, stop: Event) -> None:
    """Work until told to stop; a database that is away for a while is waited for."""
    refreshed, pause = datetime.now(UTC), 0.0
    rounds: subprocess.Popen[bytes] | None = None
    while not stop.wait(pause):
        try:
            pause = 0.0 if turn(pack) else PAUSE
            if datetime.now(UTC) - refreshed > REFRESH:
                refreshed = datetime.now(UTC)
                statistics.refresh()
                rounds = make_rounds(rounds)
        except Error:
            log.exception("the database did not answer; trying again in 5 seconds")
            connection.close()
            pause = 5.0


def make_rounds(last: "subprocess.Popen[bytes] | None" = None) -> "subprocess.Popen[bytes] | None":
    """Make the rounds in a process of their own, so that nobody waits for them, unless the last are still being made; return the process.

    Where the clock stands still for a demonstration nothing ever becomes due.
    """
    if settings.LINGTING["CLOCK"] or (last is not None and last.poll() is None):
        return last
    made = subprocess.Popen([sys.executable, "-m", "lingting.cli", "rounds", "--quiet"])
    os.setpriority(os.PRIO_PROCESS, made.pid, LEAST)
    return made


def start(pack: Pack) -> Event:
    """Start the worker as a thread of this process and return the event that stops it."""
    stop = Event()
    Thread(target=loop, args=(pack, stop), name="lingting-worker", daemon=True).start()
    return stop
