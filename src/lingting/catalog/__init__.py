"""What must be true (标准与规范): the clauses of the standard and the norms of good service, as YAML that people can read."""

from lingting.catalog.load import read, read_norms

__all__ = ["read", "read_norms"]
