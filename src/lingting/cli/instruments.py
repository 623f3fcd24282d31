"""`lingting instruments`: enrols what listens as instruments with their certificates, and takes in certificates of devices."""

import hashlib
from pathlib import Path

import click


@click.group()
def instruments() -> None:
    """Work with the register of instruments."""


@instruments.command()
@click.option("--approved-by", "approver", help="The code of the person who agrees to the parameters of every version enrolled.")
def enrol(approver: str | None) -> None:
    """Register every norm's detector with its version, gold set and certificate; what is registered already is left as it is."""
    from lingting.catalog import gold, load
    from lingting.inspection import calibration
    from lingting.records.write import Known
    from lingting.registers.instruments import enrol as register
    from lingting.registers.people.models import Person
    from lingting.site import clock, worker

    person = Known().named(Person, approver) if approver else None
    if approver and person is None:
        raise click.ClickException(f"There is no person with the code {approver}; enter the person first.")
    pack = worker.pack()
    engines = {norm.id: listener.instrument for norm, listener in zip(pack.norms, pack.listeners, strict=True)}
    detectors = [register.detector(norm, engines[norm.id], words=load.read_words()) for norm in pack.norms]
    done = register.enrol(detectors, calibration.issued(), gold.read_gold("test"), at=clock.now(), approver=person)
    click.echo(f"{done.instruments} instruments, {done.versions} versions, {done.studies} studies were registered; {done.known} were known already.")
    if done.changed:
        click.echo(f"Parameters changed without a new version: {', '.join(done.changed)}. Raise the norm's version, or put them back.")


@instruments.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--instrument", "code", help="The code of the instrument; without it, the one whose serial number stands on the certificate.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="Until when it holds, if the certificate does not say; never longer than planned.")
def certificate(path: Path, code: str | None, due: object) -> None:
    """Take in a digital calibration certificate (XML): certificate, calibration and points, or nothing at all.

    Any other file (PDF, a scan) is only kept; what it says is entered by hand and compared by somebody else.
    """
    from django.conf import settings

    from lingting.message import Mistake
    from lingting.records.write import Known, Refused
    from lingting.registers.instruments import certificates
    from lingting.registers.instruments.models import Instrument
    from lingting.site import clock

    content = path.read_bytes()
    if path.suffix.lower() != ".xml":
        click.echo(f"Kept as {_keep(content, path.suffix)}. Enter the certificate under 监视和测量资源 Instruments with this SHA-256: {_digest(content)}")
        return
    from lingting.channels.dcc.read import read_dcc

    told = read_dcc(content, name=path.name, schemas=settings.LINGTING["DCC_SCHEMAS"])
    if isinstance(told, Mistake):
        raise click.ClickException(" ".join(part for part in (told.path, told.place, told.wrong, told.remedy) if part))
    instrument = Known().named(Instrument, code) if code else certificates.instrument_of(told)
    if not isinstance(instrument, Instrument):
        serials = ", ".join(serial for item in told.items for serial in item.serials) or "no serial number"
        raise click.ClickException(f"No instrument is known by {code or serials}. Enter it first, or name it with --instrument.")
    try:
        made = certificates.take_in(told, instrument, at=clock.now(), by=None, due=due.date() if hasattr(due, "date") else None)
    except Refused as refused:
        raise click.ClickException(" ".join(f"{one.zh} {one.en}" for one in refused.wrong)) from refused
    _keep(content, ".xml")
    checked = "" if told.checked else " It was not held against a schema: LINGTING_DCC_SCHEMAS names no folder that has it."
    click.echo(f"{instrument.code}: {told.number}, {told.laboratory}; {'fit' if made.left_fit else 'unfit'}, {len(told.points)} points.{checked}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep(content: bytes, suffix: str) -> Path:
    """Keep a certificate's file under its digest."""
    from lingting.site.settings import HOME

    place = HOME / "certificates" / f"{_digest(content)}{suffix.lower()}"
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_bytes(content)
    return place
