"""The sweeps' modules are imported by their full names, as `python -m tests.trust.data` does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
