import os
import subprocess
import sys
from pathlib import Path

import sonora

ASKED = "import gc, sys, sonora.wsgi; print(gc.get_freeze_count(), 'sonora.screens.canvas.views' in sys.modules)"


def test_a_web_process_has_all_pages_before_the_first_and_looks_for_no_garbage_in_them(tmp_path: Path) -> None:
    env = {**os.environ, "SONORA_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    told = subprocess.check_output(
        [sys.executable, "-c", ASKED], cwd=Path(sonora.__file__).parents[1], env=env, text=True
    )
    frozen, has_pages = told.split()
    assert int(frozen) > 10_000
    assert has_pages == "True"
