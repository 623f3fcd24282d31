"""Edits (编辑距离): how many letters must be put in, left out or changed to make one text of another (Levenshtein 1966)."""


def edits(one: str, other: str) -> int:
    """Return how many letters differ.

    >>> edits("今天五点前送到", "今天五点送倒"), edits("", "abc"), edits("same", "same")
    (2, 3, 0)
    """
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, another in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != another))
    return row[-1]
