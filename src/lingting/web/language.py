"""The reader's language."""
from django.middleware.locale import LocaleMiddleware as LanguageMiddleware
