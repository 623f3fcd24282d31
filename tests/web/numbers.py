"""Numbers that a page shows, each followed to the list it was counted from."""

import re

from django.test import Client


def cell(client: Client, name: str, page: str = "/registers/conversations/figures") -> tuple[int, int]:
    """Return a share as the page shows it, and see that both numbers open to as many records."""
    words = client.get(page).content.decode()
    numbers = []
    for side in ("part", "whole"):
        found = re.search(rf'<a class="n" href="([^"]*figures/{name}/{side})">(\d+)</a>', words)
        assert found, f"{name} {side}"
        listed = client.get(found[1]).content.decode()
        assert f'<data class="total" value="{found[2]}">' in listed
        numbers.append(int(found[2]))
    return numbers[0], numbers[1]
