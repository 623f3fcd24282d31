"""What the web server calls; it starts the worker too, unless that runs in a process of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingting.site.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # after Django is set up

from lingting.site import worker  # noqa: E402

if settings.LINGTING["WORKER"]:
    worker.start(worker.pack())
