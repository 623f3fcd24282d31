"""The Jinja2 environment of the pages: languages, times, links."""

from typing import Any

from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Return the environment that every template is rendered in."""
    return Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701  # Django passes autoescape=True
