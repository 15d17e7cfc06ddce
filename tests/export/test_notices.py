from __future__ import annotations

from pathlib import Path

from export.notices import bundled_packages, notices

_WEB = Path("web")


def test_every_package_that_can_be_bundled_is_named() -> None:
    text = notices(_WEB, [])
    assert all(name in text for name in bundled_packages(_WEB))


def test_tools_of_the_build_are_not() -> None:
    assert not {"vite", "typescript", "vitest"} & set(bundled_packages(_WEB))


def test_the_detectors_weights_are_covered() -> None:
    text = notices(_WEB, [])
    assert "The face detector's weights (detector/) are those of this package." in text
    assert "@vladmandic/face-api" in text


def test_a_licence_that_must_be_passed_on_is_there_in_full() -> None:
    assert "APPENDIX" in notices(_WEB, []) or "END OF TERMS AND CONDITIONS" in notices(_WEB, [])


def test_a_package_under_the_mozilla_licence_tells_where_its_source_is() -> None:
    text = notices(_WEB, [])
    assert "Licence: MPL-2.0\nSource: https://github.com/Vanilagy/mediabunny\n" in text


def test_a_models_card_is_part_of_it(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text("# A model, its data and their terms")
    assert "its data and their terms" in notices(_WEB, [card])
