"""Lighthouse, a program for node that is no part of the project: its scores for a page."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

TOOLS = Path(__file__).parent / ".tools"
PROGRAM = TOOLS / "node_modules" / ".bin" / "lighthouse"
PACKAGE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def installed() -> bool:
    """Whether it is there; it is fetched where it is not and npm is."""
    npm = shutil.which("npm")
    if PROGRAM.exists() or not npm:
        return PROGRAM.exists()
    TOOLS.mkdir(exist_ok=True)
    order = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", PACKAGE]
    subprocess.run(order, cwd=TOOLS, check=False, timeout=600, capture_output=True)
    return PROGRAM.exists()


def scores(url: str, browser: Path) -> Mapping[str, str]:
    """The four scores from 0 to 100 and the cumulative layout shift; nothing if it fails."""
    order = [str(PROGRAM), url, "--quiet", "--output=json"]
    order += [f"--only-categories={','.join(CATEGORIES)}"]
    order += ["--chrome-flags=--headless=new --no-sandbox"]
    told = subprocess.run(
        order,
        cwd=TOOLS,
        env=os.environ | {"CHROME_PATH": str(browser)},
        check=False,
        timeout=180,
        capture_output=True,
        text=True,
    )
    if told.returncode:
        return {}
    return read_scores(told.stdout)


def read_scores(report: str) -> Mapping[str, str]:
    """What a report in JSON says; a category without a score is left blank."""
    found = json.loads(report)
    rated = {name: found["categories"][name]["score"] for name in CATEGORIES}
    shift = found["audits"]["cumulative-layout-shift"]["numericValue"]
    points = {name: "" if score is None else f"{100 * score:.0f}" for name, score in rated.items()}
    return points | {"layout shift": f"{shift:.3f}"}
