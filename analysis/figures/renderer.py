"""The renderer, which sees none of the machine's fonts: a picture is the same bytes wherever it is drawn.

The renderer brings its own Liberation Sans. Where the machine has one too, the machine's would be taken, in whichever
version it is, and its file would be opened anew for each letter: pictures would differ, and take three times as long.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

_ASKED = "FONTCONFIG_FILE"  # names the list of font folders; read when the renderer first looks for fonts


@cache
def renderer() -> ModuleType:
    """vl-convert, with its own fonts alone. Where fonts are not found by fontconfig it keeps the machine's."""
    import vl_convert

    before = os.environ.get(_ASKED)
    with tempfile.TemporaryDirectory() as empty:
        listed = Path(empty, "fonts.conf")
        listed.write_text(f"<?xml version='1.0'?><fontconfig><dir>{empty}</dir></fontconfig>", encoding="utf-8")
        os.environ[_ASKED] = str(listed)
        try:
            vl_convert.register_font_directory(empty)  # has it look for fonts now
        finally:
            os.environ.pop(_ASKED)
            if before is not None:
                os.environ[_ASKED] = before
    return vl_convert
