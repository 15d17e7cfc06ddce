from __future__ import annotations

from pathlib import Path

import pytest

from export.headers import PolicyError, headers

_PAGE = (
    """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src blob:" />"""
)


def test_the_policy_is_the_pages_own() -> None:
    assert "  Content-Security-Policy: default-src 'none'; img-src blob:; " in headers(_PAGE)


def test_nobody_may_frame_the_page() -> None:
    (policy,) = (line for line in headers(_PAGE).splitlines() if "Content-Security-" in line)
    assert policy.endswith("; frame-ancestors 'none'")


def test_a_page_without_a_policy_is_refused() -> None:
    with pytest.raises(PolicyError, match=r"index\.html"):
        headers("<p>no policy")


def test_our_page_has_one() -> None:
    assert "default-src 'none'" in headers(Path("web/index.html").read_text(encoding="utf-8"))


def test_only_hashed_files_are_kept_for_ever() -> None:
    kept = [rule for rule in headers(_PAGE).split("\n\n") if "immutable" in rule]
    assert [rule.splitlines()[0] for rule in kept] == ["/assets/*"]


@pytest.mark.parametrize("path", ["/", "/index.html", "/sw.js", "/manifest.json"])
def test_what_names_the_other_files_is_asked_for_each_time(path: str) -> None:
    assert f"\n{path}\n  Cache-Control: no-cache\n" in headers(_PAGE)


def test_our_policy_leaves_no_way_to_turn_a_string_into_a_script() -> None:
    policy = headers(Path("web/index.html").read_text(encoding="utf-8"))
    assert "require-trusted-types-for 'script'; trusted-types facecast;" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


def test_only_the_camera_is_allowed() -> None:
    assert "Permissions-Policy: camera=(self), microphone=(), geolocation=()" in headers(_PAGE)
