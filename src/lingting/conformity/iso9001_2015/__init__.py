"""The checks of ISO 9001:2015, one file a clause; importing this package binds them all."""

from lingting.conformity.iso9001_2015 import c4_2, c8_2_1, c8_5_1, c10_2_1, c10_2_2, t3_2_3

__all__ = ["c4_2", "c8_2_1", "c8_5_1", "c10_2_1", "c10_2_2", "t3_2_3"]
