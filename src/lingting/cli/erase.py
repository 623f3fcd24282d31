"""`lingting erase`: empties everything personal about one person; the chain still verifies."""

import click


@click.command()
@click.option("--party", type=int, help="The number of the party.")
@click.option("--address", help="A mail address or telephone number they were reached at.")
@click.option("--reason", required=True, help="Why, for the record: their request, the end of a retention period.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(party: int | None, address: str | None, reason: str, *, yes: bool) -> None:
    """Erase a person's data: names, addresses, words and what was quoted from them."""
    from lingting import spine
    from lingting.registers.parties import queries as parties
    from lingting.site import clock, worker

    if (party is None) == (address is None):
        raise click.UsageError("Name the person by --party or by --address, one of the two.")
    if party is not None:
        found = parties.numbered(party)
    else:
        known = parties.at_addresses([(way, str(address)) for way in ("email", "phone")])
        found = next(iter(known.values()), None)
    if found is None:
        raise click.ClickException("Nobody is known by that. `lingting erase --help` says how to name a person.")
    if not yes:
        click.confirm(f"Erase party {found.id} ({found.organisation or ''} {found.name or ''}) for good?", abort=True)
    notes = spine.forget(found, reason=reason, at=clock.now())
    worker.seal()
    click.echo(f"{len(notes)} records were emptied; what they said cannot be brought back, that they existed still can be shown.")
