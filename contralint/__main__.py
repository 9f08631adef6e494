"""`python -m contralint`."""

from __future__ import annotations

import sys

from contralint.cli import main

if __name__ == "__main__":
    sys.exit(main())
