"""Where there is no browser: skipped and said, but a failure where CI asks for it."""

from pathlib import Path

import pytest

from tests.browser.conftest import need


def test_without_a_browser_the_tests_skip_and_say_why(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match="chromium is missing"):
        need(tmp_path / "chromium", ci=False)


def test_without_a_browser_ci_fails(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="CI=true asks for it"):
        need(tmp_path / "chromium", ci=True)


def test_a_browser_that_is_there_is_used(tmp_path: Path) -> None:
    (tmp_path / "chromium").touch()
    need(tmp_path / "chromium", ci=True)
