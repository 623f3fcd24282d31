"""Which address leads to which page."""

from django.urls import include, path

urlpatterns = [path("", include("lingting.web.urls"))]

handler404 = "lingting.web.errors.not_found"
handler500 = "lingting.web.errors.failed"
