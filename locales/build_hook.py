"""The build hook: compiles the catalogues, which git doesn't keep, before Mashang is packed or installed."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles every catalogue, for wheels and for editable installs alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # By path: while it is being built, the project can't be imported.
        folder = Path(self.root) / "locales"
        runpy.run_path(str(folder / "compile.py"))["compile_catalogues"](folder)
