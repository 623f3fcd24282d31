"""A real server on the demonstration's conversations, and a real Chromium."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.conftest import unavailable
from tests.firm import ROOT, at_hand, brought_in
from tests.homes import environment, with_packs

from lingting.cli.demo import FIRST_FIRM
from lingting.cli.demo import environment as firm_settings

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demonstration and yield its address."""
    home = tmp_path_factory.mktemp("demo")
    with_packs(home / "small")
    yield from _served(home, "--small")


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the firm with its thirteen weeks and yield its address."""
    yield from served_firm(tmp_path_factory)


def served_firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the firm's home of its own."""
    with last_day(copied_firm(tmp_path_factory)) as address:
        yield address


def copied_firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds a copy of the firm."""
    home = tmp_path_factory.mktemp("served")
    shutil.copytree(at_hand() or brought_in(tmp_path_factory.getbasetemp()) / "demo", home / "demo", symlinks=True)
    return home


@contextmanager
def last_day(home: Path) -> Iterator[str]:
    """Serve a copy of the firm on its last day, and yield its address."""
    yield from _served(home)


@contextmanager
def later(home: Path, clock: str) -> Iterator[str]:
    """Serve a copy of the firm on a later day than its last, and yield its address."""
    settings = firm_settings(FIRST_FIRM) | {"LINGTING_CLOCK": clock, "LINGTING_HOME": str(home / "demo")}
    yield from _running(["serve"], environment(home) | settings)


def _served(home: Path, *options: str) -> Iterator[str]:
    yield from _running(["demo", *options], environment(home))


def _running(words: list[str], env: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, "-m", "lingting.cli", *words, "--port", "0"]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    try:
        address = next(found[0] for line in running.stdout if (found := re.search(r"http://[\w.:]+", line)))
        wait_for(address)
        yield address
    finally:
        running.terminate()
        running.wait(20)


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(100):
        try:
            urlopen(f"{address}/sign-in", timeout=2).close()  # noqa: S310  # our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer within ten seconds")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        unavailable("Chromium is not installed; `scripts/machine` gets it from Debian.")
    # The player keeps an event loop in this thread; tests that follow here still ask the database as they always do.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=program, args=QUIET)
        yield opened
        opened.close()
