"""`lingting migrate`: brings the database up to date and puts the triggers in place."""

import click


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    bring_up_to_date()
    click.echo("The database is up to date.")


def bring_up_to_date() -> None:
    """Migrate, put the triggers in place, refresh what the query planner knows."""
    from django.core.management import call_command

    from lingting.ledger import statistics

    call_command("migrate", verbosity=0)
    statistics.refresh()
