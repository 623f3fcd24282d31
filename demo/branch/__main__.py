"""`python -m demo.branch OUT`: writes the branch's files into a folder, to be brought in through the doors a real organisation uses."""

import sys
from pathlib import Path

from demo.branch import records, talks


def main() -> None:
    """Write the files."""
    if len(sys.argv) != 2:  # the name and the folder
        sys.exit("python -m demo.branch OUT")
    folder = Path(sys.argv[1])
    talks.write(folder / "conversations")
    records.write(folder / "registers")


if __name__ == "__main__":
    main()
