"""What the web server calls; it starts the worker too, unless that runs in a process of its own."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingting.site.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # after Django is set up

from lingting.site import worker  # noqa: E402

import_module(settings.ROOT_URLCONF)  # read now, not by whoever comes first
if settings.LINGTING["WORKER"]:
    worker.start(worker.pack())

# What is read by now stays as long as the server does. Walking it in search of garbage took longer than most pages, in the middle of a request.
gc.collect()
gc.freeze()
