"""`lingting rounds`: does whatever the clock has made due, then says what waits for people; made for cron or a timer, harmless however often it runs."""

from collections.abc import Iterator

import click


@click.command()
@click.option("--only", "names", multiple=True, help="Only this round; may be given several times. --list names them.")
@click.option("--list", "listing", is_flag=True, help="Say which rounds there are, and make none.")
@click.option("--quiet", is_flag=True, help="Do not say what waits for people.")
def rounds(names: tuple[str, ...], *, listing: bool, quiet: bool) -> None:
    """Make the rounds: probes, controls, verification, verdicts, weeks, sealing – each when it is due."""
    from lingting.cli.serve import ready
    from lingting.site import clock
    from lingting.site import rounds as all_rounds

    if listing:
        for one in all_rounds.ROUNDS:
            click.echo(f"{one.name:10}{one.zh} {one.en}")
        return
    if unknown := set(names) - {one.name for one in all_rounds.ROUNDS}:
        raise click.UsageError(f"There is no round {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in all_rounds.ROUNDS)}.")
    ready()
    try:
        for one, done in all_rounds.make(clock.now(), only=names):
            if done:
                click.echo(f"{one.zh} {one.en}: {done}")
    except all_rounds.Busy as error:
        raise click.ClickException("The rounds are being made already; nothing is lost, the next ones do what these leave.") from error
    for sentence in () if quiet else _waiting():
        click.echo(sentence)


def _waiting() -> Iterator[str]:
    """Yield what waits for people, as Today counts it: how many of what, in both languages."""
    from lingting.ledger.moment import Moment
    from lingting.records.kind import kinds
    from lingting.registers.promises import queries as promises
    from lingting.site import clock
    from lingting.web.environment import counted
    from lingting.web.pages.today import WAITING

    moment = Moment(clock.now())
    if overdue := promises.overdue(moment).count():
        yield f"{overdue} 个承诺逾期 · {overdue} {counted('[promise|promises] overdue', n=overdue)}"
    for one in WAITING.values():
        if count := kinds()[one.kind].listed(one.list, moment).count():
            yield f"{count} {one.zh} · {count} {counted(one.en, n=count)}"
