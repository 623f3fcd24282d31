"""The ground that every test stands on: a home of its own, nothing from the outer environment, no network beyond this machine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:
    kept = {"LINGTING_DATABASE", "LINGTING_DATA", "LINGTING_FIRM", "LINGTING_PICTURES"}
    for name in [name for name in os.environ if name.startswith("LINGTING_") and name not in kept]:
        del os.environ[name]
    home = tempfile.mkdtemp(prefix="lingting-test-")
    # Compiled norms are the same for every run and every process: they stay, under names that tell what they were made of.
    packs = Path(__file__).parent / "var" / "packs"
    packs.mkdir(parents=True, exist_ok=True)
    Path(home, "packs").symlink_to(packs, target_is_directory=True)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="lingting.site.settings", LINGTING_HOME=home, LINGTING_ORGANISATION="栖舟货运云", LINGTING_ADDRESSES="qizhou.example"
    )

import django  # after the environment stands

django.setup()

from hypothesis import settings  # noqa: E402

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
