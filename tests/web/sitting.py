"""Sitting at the desk: whom it shows what, what is said there, and how it is closed."""

from django.test import Client


def page(client: Client, path: str = "/desk") -> str:
    return client.get(path).content.decode()


def say(client: Client, *turns: str) -> None:
    """Type turns: 客: is the customer's, anything else the agent's."""
    for turn in turns:
        role, _, words = turn.partition("：")
        answer = client.post("/desk/turns", {"role": "customer" if role == "客" else "agent", "text": words})
        assert answer.status_code == 302, answer.content.decode()


def close(client: Client, **given: object) -> object:
    return client.post("/desk/closing", {"point": "货到哪了", "need": "想知道能不能赶上", **given})
