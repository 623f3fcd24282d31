"""The evidence pack (证据包) of an audit: one file that leaves the house and can be recomputed anywhere, without us and without a network.

`pack` puts it together, `oscal` says its results in the words of another program, `verify.py` goes along and recomputes it.
"""

from lingting.conformity.dossier.pack import Dossier, Pack, pack

__all__ = ["Dossier", "Pack", "pack"]
