"""`lingting account` and `lingting api-token`: who may sign in, and with what programs do."""

import getpass
import sys
from datetime import timedelta

import click


@click.command()
@click.argument("username")
@click.option("--role", required=True, help="One of the roles in access/roles.yaml.")
@click.option("--name", default="", help="How the person is called.")
@click.option("--days", type=int, help="Close the account after so many days (a visiting auditor's pass).")
@click.option("--queue", "queues", multiple=True, help="Keep the account to the conversations of this queue; may be given more than once.")
@click.option("--person", default="", help="The code by which the register of people knows who this is; what was found in their words is then theirs to see.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def account(username: str, role: str, name: str, days: int | None, queues: tuple[str, ...], person: str, *, password_stdin: bool) -> None:
    """Create an account, or give an existing one another role and password."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from lingting.access.models import Account
    from lingting.access.roles import roles
    from lingting.site import clock

    if role not in roles().names:
        raise click.UsageError(f"There is no role {role}; there are {', '.join(roles().names)}.")
    password = sys.stdin.readline().strip() if password_stdin else getpass.getpass("Password: ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    held, created = Account.objects.get_or_create(username=username, defaults={"name": name or username, "role": role})
    held.role, held.name = role, name or held.name
    held.until = clock.now() + timedelta(days=days) if days else None
    held.queues = "\n".join(queues)
    held.person = person or held.person
    held.set_password(password)
    held.save()
    click.echo(f"{username} {'may sign in now' if created else 'was changed'} as {roles().names[role]['en']}.")


@click.command("api-token")
@click.argument("username")
@click.option("--label", required=True, help="What the token is for.")
@click.option("--days", type=int, default=90, show_default=True)
def api_token(username: str, label: str, days: int) -> None:
    """Make a token for an account and print it: the only time it is seen."""
    from lingting.access.models import Account, Token
    from lingting.site import clock

    held = Account.objects.filter(username=username).first()
    if held is None:
        raise click.ClickException(f"There is no account {username}. `lingting account --help` says how to make one.")
    now = clock.now()
    click.echo(Token.issue(held, label=label, now=now, until=now + timedelta(days=days)))
