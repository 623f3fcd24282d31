"""`lingting migrate`: brings the database up to date and puts the triggers in place."""

import click


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command

    from lingting.ledger import statistics

    call_command("migrate", verbosity=0)
    statistics.refresh()
    click.echo("The database is up to date.")
