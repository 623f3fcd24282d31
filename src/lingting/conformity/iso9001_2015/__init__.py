"""The checks of ISO 9001:2015, one file a clause; importing this package binds them all."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
