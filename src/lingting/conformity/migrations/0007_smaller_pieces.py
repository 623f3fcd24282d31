"""Pieces became smaller: what is kept in pieces of the former size is counted whole once more."""

from typing import Any

from django.db import migrations


def forget(apps: Any, _: Any) -> None:
    """Leave out the pieces, and let the verdicts counted from them count as those of an earlier rule, which are asked again."""
    portions = apps.get_model("conformity", "Portion").objects.all()
    apps.get_model("conformity", "Latest").objects.filter(check_id__in=portions.values("check_id")).update(rule="")
    portions.delete()


class Migration(migrations.Migration):

    dependencies = [
        ("conformity", "0006_effect_of_what_came_in"),
    ]

    operations = [
        migrations.RunPython(forget, forget),
    ]
