"""The installed package: it makes the folders (`bot`, `storage`, …) importable by the names that they have.

A wheel has them in `mashang/app/`, where no other package's `scheduler` or `views` can overwrite them; in a checkout
they stand beside this folder. Either place comes first on the path, so that ours are found and not another package's.
"""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
ROOMS = _HERE / "app" if (_HERE / "app").is_dir() else _HERE.parent

sys.path.insert(0, str(ROOMS))
