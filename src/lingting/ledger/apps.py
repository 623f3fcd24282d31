"""The ledger as a Django application: it puts its triggers back after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install(**_: object) -> None:
    from lingting.ledger import triggers

    triggers.install()


class LedgerConfig(AppConfig):
    """Settings name this class."""

    name = "lingting.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Reinstall after migrations: Django drops triggers when it rebuilds a table (ADR 0002)."""
        post_migrate.connect(_install, sender=self, dispatch_uid="ledger.triggers")
