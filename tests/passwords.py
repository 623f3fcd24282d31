"""A password hash for tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    """The real hash, with the least of its work."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
