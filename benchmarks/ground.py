"""The ground of every benchmark: a home of its own on which Lingting is set up."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

DATA = Path(os.environ.get("LINGTING_DATA") or Path(__file__).parents[2] / "shared" / "data")
T = TypeVar("T")


@contextmanager
def ground() -> Iterator[Path]:
    """Set Lingting up in a folder that is removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="lingting-bench-"))
    os.environ.update(LINGTING_HOME=str(home), DJANGO_SETTINGS_MODULE="lingting.site.settings", LINGTING_HOSTS="*", LINGTING_CLOCK="")
    import django

    django.setup()
    from lingting.cli.migrate import bring_up_to_date

    bring_up_to_date()
    try:
        yield home
    finally:
        from django.db import connection

        connection.close()
        shutil.rmtree(home, ignore_errors=True)


def batches(items: Iterable[list[T]], size: int) -> Iterator[list[T]]:
    """Put whole conversations together until there are about `size` messages."""
    batch: list[T] = []
    for item in items:
        batch += item
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
