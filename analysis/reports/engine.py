"""papermill's engine `warm`. papermill loads every engine when it is imported, so nothing heavy is imported here."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine


class WarmEngine(NBClientEngine):
    """Run the cells in a fork of a process that has imported and never computed; elsewhere as papermill does."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Fill the notebook's outputs; a failed cell is marked, papermill raises for it."""
        return super().execute_managed_notebook(nb_man, kernel_name, **options)
