"""The detectors (检测器): one file each, one shape; the name of an instrument includes its version."""

from lingting.inspection.detectors import hold, opening, phrase, promise, read_back
from lingting.inspection.heard import Detector

DETECTORS: dict[str, Detector] = {
    "hold": hold,
    "opening": opening,
    "phrase": phrase,
    "promise": promise,
    "read-back": read_back,
}
"""Every detector by the name that norms use."""
