"""Drawing (抽样): a sample that neither side can choose and anybody can draw again, with nothing but SHA-256.

The auditor's seed, the digest of the population and each record's number are hashed together; the records with the smallest digests are the sample.
"""

from collections.abc import Iterable
from hashlib import sha256


def digest(numbers: Iterable[int]) -> str:
    r"""Return the digest of a population: of its record numbers in order, one a line.

    >>> digest([3, 1]) == digest([1, 3]) == sha256(b"1\n3\n").hexdigest()
    True
    """
    frozen = sha256()
    for number in sorted(numbers):
        frozen.update(f"{number}\n".encode())
    return frozen.hexdigest()


def draw(numbers: Iterable[int], *, seed: str, n: int) -> tuple[int, ...]:
    """Return the n numbers that a seed draws, in the order in which they are drawn; of a smaller population, all.

    >>> draw([10, 20, 30, 40], seed="3 5 1", n=2) == draw([40, 30, 20, 10], seed="3 5 1", n=2)
    True
    """
    population = sorted(set(numbers))
    frozen = digest(population)
    return tuple(sorted(population, key=lambda number: sha256(f"{seed}\n{frozen}\n{number}".encode()).digest())[:n])
