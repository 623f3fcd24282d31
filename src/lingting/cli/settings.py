"""`lingting settings`: every setting, its value, where it comes from and what it is for."""

import os

import click

from lingting.site import options


@click.command()
def settings() -> None:
    """Print every setting with its value and origin; secrets are not shown."""
    try:
        _, origins = options.read(os.environ)
    except options.BadSetting as error:
        raise click.ClickException(str(error)) from error
    for option in options.OPTIONS:
        given = os.environ.get(f"LINGTING_{option.name}", option.default)
        shown = "(set)" if option.secret and origins[option.name] != "default" else given or "(empty)"
        click.echo(f"LINGTING_{option.name} = {shown}  [{origins[option.name]}]\n    {option.zh}\n    {option.en}")
