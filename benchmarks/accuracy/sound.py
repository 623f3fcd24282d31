"""How well speech is found in a real stereo call whose two sides also exist alone: `python -m benchmarks.accuracy.sound`."""

from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.ground import DATA
from lingting.channels.read import read
from lingting.channels.recording.sound import opened
from lingting.message import Message

CALLS = DATA / "open" / "calls"
STEP = 0.01
"""Seconds; speech is compared in steps of this."""


def spoken(path: Path) -> dict[str, set[int]]:
    """Return in which steps each role speaks in a recording."""
    said = [item for item in read(path, ours=(), zone=ZoneInfo("UTC")) if isinstance(item, Message)]
    ended = said[0].envelope.ended
    begun = ended.timestamp() - opened(path).seconds if ended else 0.0
    steps: dict[str, set[int]] = {}
    for message in said:
        start, end = (round(((at or message.at).timestamp() - begun) / STEP) for at in (message.at, message.until))
        steps.setdefault(message.role, set()).update(range(start, end))
    return steps


def main() -> None:
    """Print the speech and the overlap found in the stereo call beside those of its two mono halves."""
    if not CALLS.is_dir():
        print(f"not measured: data absent ({CALLS})")
        return
    agent, customer = (spoken(CALLS / f"mono-{side}-en.wav")["other"] for side in ("agent", "customer"))
    both = spoken(CALLS / "stereo-overlap-en.wav")
    pairs = {"agent": (both["agent"], agent), "customer": (both["customer"], customer), "both at once": (both["agent"] & both["customer"], agent & customer)}
    print("one call of 10 s, n = 1: no interval can be given; the halves are heard by the same detector, so this measures channels, not the detector")
    for name, (found, alone) in pairs.items():
        print(f"{name:13} stereo {len(found) * STEP:5.2f} s, halves {len(alone) * STEP:5.2f} s, agree {len(found & alone) / len(found | alone):.3f}")


if __name__ == "__main__":
    main()
