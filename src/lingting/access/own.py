"""One's own first (本人先看): who an account is in the register of people, and what was found in people's words that only they see for a day."""

from datetime import datetime

from lingting.access.models import Account
from lingting.access.roles import may
from lingting.ledger.models import RecordQuerySet
from lingting.registers.conversations import queries as conversations
from lingting.registers.conversations.models import Found
from lingting.registers.people.models import Person


def oneself(account: Account) -> Person | None:
    """Return who an account is in the register of people, by the code that the account holds; nobody where it holds none."""
    return Person.objects.filter(code=account.person).order_by("-id").first() if account.person else None


def called(person: Person | None) -> tuple[str, ...]:
    """Return how recordings and mails may name somebody who speaks: by code or by name."""
    return tuple(name for name in (person.code, person.name) if name) if person else ()


def held_back(rows: RecordQuerySet[Found], account: Account, now: datetime) -> RecordQuerySet[Found]:
    """Return those of these findings that an account does not see yet: another's, not critical, and younger than a day."""
    if may(account, "findings.early"):
        return rows.none()
    return conversations.early(rows, now, called(oneself(account)))


def open_to(rows: RecordQuerySet[Found], account: Account, now: datetime) -> RecordQuerySet[Found]:
    """Return those of these findings that an account sees already."""
    return rows if may(account, "findings.early") else rows.exclude(pk__in=held_back(Found.objects.all(), account, now).values("pk"))


def too_early(found: Found, account: Account, now: datetime) -> bool:
    """Tell whether an account does not see one finding yet; what is older than a day, or judges nobody, is asked of no table."""
    if may(account, "findings.early") or found.kind not in conversations.PERSONAL_KINDS or found.severity == "critical":
        return False
    return held_back(Found.objects.filter(pk=found.pk), account, now).exists()
