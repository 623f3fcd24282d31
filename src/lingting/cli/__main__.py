"""`python -m lingting.cli` is `lingting`."""

from lingting.cli.main import main

main()
