"""The detectors (检测器): one file each, one shape; the name of an instrument includes its version."""

from lingting.inspection.detectors import answers, echo, intake, promise, read_back, rule, status
from lingting.inspection.listener import Detector

DETECTORS: dict[str, Detector] = {
    "answers": answers,
    "echo": echo,
    "intake": intake,
    "promise": promise,
    "read-back": read_back,
    "rule": rule,
    "status": status,
}
"""Every detector by the name that norms use."""
