"""Set up .venv, the packages, the assets and the catalogues: ``python3 tools/setup.py [--production]``.

This file must parse in any Python of the last fifteen years, so that an old one is refused in words.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the one place that an old Python does reach)
    sys.exit(
        "Python 3.11 or newer is needed, this is %d.%d. Install Debian's packages python3 and python3-venv "  # noqa: UP031
        "(Debian 12 or newer), or run: make PYTHON=/path/to/python3.11" % sys.version_info[:2]
    )

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools.environment import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
