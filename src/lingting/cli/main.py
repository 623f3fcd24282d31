"""`lingting`: every command by its name, each loaded only when it is called."""

import importlib
import os
import sys

import click

COMMANDS = {
    "api-token": "lingting.cli.accounts:api_token",
    "account": "lingting.cli.accounts:account",
    "calibrate": "lingting.cli.calibrate:calibrate",
    "demo": "lingting.cli.demo:demo",
    "docs": "lingting.cli.docs:docs",
    "documents": "lingting.cli.documents:documents",
    "erase": "lingting.cli.erase:erase",
    "import": "lingting.cli.import_:import_",
    "inspect": "lingting.cli.inspect:inspect",
    "instruments": "lingting.cli.instruments:instruments",
    "judge": "lingting.cli.judge:judge",
    "migrate": "lingting.cli.migrate:migrate",
    "new": "lingting.cli.new:new",
    "norms": "lingting.cli.norms:norms",
    "registers": "lingting.cli.registers:registers",
    "rounds": "lingting.cli.rounds:rounds",
    "sense": "lingting.cli.sense:sense",
    "serve": "lingting.cli.serve:serve",
    "settings": "lingting.cli.settings:settings",
    "train": "lingting.cli.train:train_",
    "verify": "lingting.cli.verify:verify",
    "work": "lingting.cli.serve:work",
}
SUMMARIES = {
    "account": "Create an account, or give it another role or password.",
    "api-token": "Make a token with which a program signs in.",
    "calibrate": "Measure every detector on the gold set and write its certificate.",
    "demo": "Show a fictional firm, or your own files: import, serve, print the logins.",
    "docs": "Write the generated pages under docs/, or check that they are fresh.",
    "documents": "Look documents over for slips and near copies, or enter them from files.",
    "erase": "Erase a person's data; the chain still verifies.",
    "import": "Bring in conversations from files and folders.",
    "inspect": "Listen to files without a database and print the findings.",
    "instruments": "Enrol detectors as instruments; take in calibration certificates.",
    "judge": "Ask a language model about one norm; proposals only, off unless set up.",
    "migrate": "Bring the database up to date.",
    "new": "Scaffold a register, a norm or a check with all its parts.",
    "norms": "Test the norms' samples, or try a norm on files.",
    "registers": "Carry registers in and out as spreadsheets.",
    "rounds": "Do whatever the clock has made due, and say what waits; for cron or a timer.",
    "sense": "Write down what sensors publish at an MQTT broker.",
    "serve": "Serve the pages and the API.",
    "settings": "Print every setting with its value and origin.",
    "train": "Train a small model on reviewed samples and certify it.",
    "verify": "Recompute the chain and every verdict.",
    "work": "Listen, assess and seal in a process of its own.",
}
WITHOUT_DJANGO = {"judge", "calibrate", "inspect", "norms", "settings", "demo", "new", "train"}


class Commands(click.Group):
    """Commands that are imported when they are called, so that `lingting --help` answers at once."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command, with Django set up if it needs it."""
        if name not in COMMANDS:
            return None
        if context.invoked_subcommand is None and _only_listing(context):
            return click.Command(name, help=SUMMARIES[name])
        if name not in WITHOUT_DJANGO:
            set_up_django()
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


def _only_listing(_context: click.Context) -> bool:
    return len(sys.argv) < 2 or sys.argv[1] in {"--help", "-h"}  # noqa: PLR2004  # a command was named


def set_up_django() -> None:
    """Make Django ready, or stop with the sentence that says what is wrong with a setting."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingting.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
@click.version_option(package_name="lingting")
def main() -> None:
    """Lingting 聆听 hears every conversation, keeps every promise, and shows clause by clause how you stand with ISO 9001:2015."""
