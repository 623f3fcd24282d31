"""Which address leads to which page or operation."""

from django.urls import include, path

from lingting.api.routes import api

urlpatterns = [path("", include("lingting.web.urls")), path("api/v1/", api.urls)]

handler404 = "lingting.web.errors.not_found"
handler500 = "lingting.web.errors.failed"
