"""Accounts (账户) and the tokens with which programs sign in."""

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts the way Django's commands expect."""

    def create_user(self, username: str, password: str | None = None, **columns: object) -> "Account":
        """Create an account; without a password nobody can sign in to it."""
        account = self.model(username=username, **columns)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in: one person, one role (`roles.yaml`), a language.

    `queues` names the queues of conversations that the account is kept to, one a line; empty means all. `person` is the code by which the register of
    people knows who it is; empty where nobody said so, and then nothing is theirs.
    """

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=30)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    until = models.DateTimeField(null=True, blank=True)
    queues = models.TextField(default="", blank=True)
    person = models.CharField(max_length=60, default="", blank=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    def __str__(self) -> str:
        return self.name or self.username


class Token(models.Model):
    """A key for a program; only its digest is kept, so that a stolen database opens nothing."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    until = models.DateTimeField(null=True)

    @classmethod
    def issue(cls, account: Account, *, label: str, now: datetime, until: datetime | None = None) -> str:
        """Make a token and return its words: the only time they are seen."""
        words = f"lt_{secrets.token_urlsafe(32)}"
        cls.objects.create(account=account, label=label, digest=fingerprint(words), created=now, until=until)
        return words


def fingerprint(words: str) -> str:
    """Return what the database keeps of a token; its 256 random bits need no salt."""
    return hashlib.sha256(words.encode()).hexdigest()


def holder(words: str, *, now: datetime) -> Account | None:
    """Return the active account that a token belongs to."""
    token = Token.objects.select_related("account").filter(digest=fingerprint(words)).first()
    if token is None or (token.until and token.until <= now):
        return None
    return token.account if open_at(token.account, now) else None


def open_at(account: Account, now: datetime) -> bool:
    """Tell whether an account may be used now: active, and not past its time box."""
    return account.is_active and not (account.until and account.until <= now)
