"""Pictures of mails and pages."""

from pathlib import Path

import pytest

from local.pictures import NoPicture, browser, picture


def test_without_a_browser_one_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPicture, match="apt-get install -y chromium"):
        picture(tmp_path / "mail.html", tmp_path / "mail.png", width=360, height=600)


def test_a_browser_that_takes_no_picture_is_told_with_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\necho no display >&2\n")
    chromium.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    assert browser() == str(chromium)
    with pytest.raises(NoPicture, match="no display"):
        picture(tmp_path / "mail.html", tmp_path / "mail.png", width=360, height=600)
