"""`python -m demo OUT`: writes the fictional firm's files into a folder, to be brought in through the doors a real organisation uses."""

import sys
from pathlib import Path

from demo.registers import everything
from demo.write import write


def main() -> None:
    """Write the files."""
    if len(sys.argv) != 2:  # the name and the folder
        sys.exit("python -m demo OUT")
    folder = Path(sys.argv[1])
    write(folder)
    everything.write(folder / "registers")


if __name__ == "__main__":
    main()
