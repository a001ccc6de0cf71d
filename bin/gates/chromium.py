"""A Chromium for the browser tests: `CHROMIUM`, else one on the PATH, else from apt, else Playwright's own."""

import os
import shutil
import subprocess
import sys

from postgres import Unavailable, install

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def path() -> str:
    """The program to start, or an empty string for the one that Playwright keeps; raises Unavailable."""
    found = os.environ.get("CHROMIUM") or _on_path()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        install("chromium")
        found = _on_path()
    return found or _playwrights_own()


def _on_path() -> str:
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def _playwrights_own() -> str:
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode:
        raise Unavailable(
            "No Chromium: CHROMIUM is not set, none is on the PATH, and neither apt nor Playwright could install one."
        )
    return ""
