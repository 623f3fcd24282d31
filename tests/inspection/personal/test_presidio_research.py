"""What is found in the sentences of presidio-research does not sink below what was reached."""

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.accuracy.personal import counts, rates, sentences

LEAST_RECALL = {"mail": 0.98, "web-address": 0.98, "bank-card": 0.98, "iban": 0.95, "id-number": 0.95, "phone": 0.95, "age": 0.8, "address": 0.7, "name": 0.65}
"""A little below what `python -m benchmarks.accuracy.personal` shows; names need a model to go further."""


@pytest.mark.data
def test_recall_and_precision_hold_in_the_sentences_of_others(data: Path) -> None:
    total = sum((counts(sentence) for sentence in sentences(data)), Counter())
    assert total["all sought", "sought"] > 1700
    for kind, least in LEAST_RECALL.items():
        assert rates(total, kind, "overlap")["R"] >= least, kind
    assert rates(total, "all sought", "overlap")["P"] >= 0.9
