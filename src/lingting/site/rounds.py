"""The rounds (定时巡查): what the clock alone makes due, done in one go – however often they are made, each thing is done once when its time has come.

Nothing here keeps a timetable: whether something is due is read from the records, so that a round that was missed is made up by the next.
"""

import fcntl
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from lingting import spine
from lingting.access.models import Token
from lingting.catalog import gold, load
from lingting.catalog.load import period
from lingting.channels.probe.tried import tried
from lingting.conformity import assess, effect, weeks
from lingting.inspection.calibration import certificates
from lingting.ledger.moment import Moment
from lingting.registers.channels import actions as channels
from lingting.registers.channels.models import Channel
from lingting.registers.documents.retained import Verified
from lingting.registers.instruments import acceptance, controls, enrol
from lingting.site import controlled, verifying, worker

log = logging.getLogger(__name__)

VERIFY_EVERY = period("book.verify-every", timedelta(days=7))
"""How often the rounds verify the book; a house default, well within the month for which a verification speaks."""


@dataclass(frozen=True, slots=True)
class Round:
    """One of the rounds: what it does, and the function that does what is due and returns how much that was."""

    name: str
    zh: str
    en: str
    make: Callable[[datetime], int]


class Busy(Exception):
    """Somebody else is making the rounds now."""


def make(now: datetime, *, only: Collection[str] = ()) -> Iterator[tuple[Round, int]]:
    """Make the rounds, all or those named, and yield each with how much was done; one that fails keeps no other from being made.

    What went wrong is raised together at the end. Raises Busy where they are being made already.
    """
    wrong: list[Exception] = []
    with _alone():
        for one in ROUNDS:
            if only and one.name not in only:
                continue
            try:
                done = one.make(now)
            except Exception as error:
                log.exception("round %s failed", one.name)
                wrong.append(error)
                continue
            yield one, done
    if wrong:
        raise ExceptionGroup("rounds failed", wrong)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the rounds' lock in the home; another machine on the same database may still make them, and what is done twice then says the same twice."""
    with (settings.HOME / "rounds.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield


def _listen(now: datetime) -> int:
    heard = 0
    while more := spine.work(pack=worker.pack(), now=now):
        heard += more
    return heard


def _probe(now: datetime) -> int:
    if not settings.LINGTING["PROBES"]:
        return 0

    def knock(channel: Channel) -> tuple[bool, str] | None:
        seen = tried(channel.form, channel.address, ours=settings.LINGTING["ADDRESSES"], mail=settings.LINGTING["MAIL_SERVER"])
        return (seen.works, f"{seen.zh} {seen.en}") if seen else None

    return len(channels.try_out(knock, at=now))


def _control(now: datetime) -> int:
    # The development half: the test half speaks for the certificates and is heard by nothing else.
    labelled = gold.read_gold("development")
    control = controls.name(gold.fingerprint(labelled))
    if not controls.due(control, now):
        return 0
    return len(controls.check(certificates(labelled, worker.pack(), at=now), control, at=now))


def _accept(now: datetime) -> int:
    """Stop the detectors that only propose and of which too few accept anything; one that nobody enrolled is enrolled for it."""
    low = acceptance.to_stop(Moment(now))
    if not low:
        return 0
    pack = worker.pack()
    current = [(pack.norm(one.heard[0]), one.heard) for one in low if one.heard[0] in pack.places]
    detectors = [enrol.detector(norm, heard[2], words=load.read_words()) for norm, heard in current if norm.version == heard[1]]
    enrol.enrol(detectors, {}, (), at=now)
    return len(acceptance.stop(low, at=now))


def _verify(now: datetime) -> int:
    if Verified.objects.filter(at__gt=now - VERIFY_EVERY).exists():
        return 0
    worker.seal()
    verifying.attest(verifying.verify())
    return 1


def _assess(now: datetime) -> int:
    return len(assess.catch_up(now)) + len(effect.catch_up(Moment(now)))


def _weeks(now: datetime) -> int:
    counted = 0
    while weeks.catch_up(now):
        counted += 1
    return counted


def _forget(now: datetime) -> int:
    """Delete what nobody can use any more and no record is: sessions and tokens past their time."""
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    tokens, _ = Token.objects.filter(until__lt=now).delete()
    return sessions + tokens


ROUNDS = (
    Round("listen", "听还没有听的对话", "Listen to conversations that wait", _listen),
    Round("probe", "试通到期的渠道", "Try the channels whose time has come", _probe),
    Round("control", "检测器到期的期间核查", "Let detectors hear their control again", _control),
    Round("speech", "语音识别到期的期间核查", "Let the recogniser hear its control again", controlled.speech),
    Round("prompts", "提示词到期的期间核查", "Put the control to the prompts again", controlled.prompts),
    Round("accept", "太少人认可的提示，检测器停用", "Stop detectors whose proposals too few accept", _accept),
    Round("verify", "核验账本和每个结论", "Verify the book and every verdict", _verify),
    Round("assess", "按此刻重算结论和措施的效果", "Assess what time alone has changed, and the effect of actions", _assess),
    Round("weeks", "补算过去各周", "Count the weeks that are over", _weeks),
    Round("forget", "删去过期的登录和令牌", "Delete sessions and tokens past their time", _forget),
    Round("seal", "封存新写入的记录", "Seal what was written", lambda _: worker.seal()),
)
"""In their order: what writes comes before what counts, and sealing last."""
