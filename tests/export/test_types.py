from __future__ import annotations

from export.types import TARGET, contract_types


def test_the_committed_file_is_what_the_generator_gives() -> None:
    assert TARGET.read_text(encoding="utf-8") == contract_types()


def test_every_field_is_readonly_and_none_is_any() -> None:
    fields = [line for line in contract_types().splitlines() if line.startswith("  ")]
    assert all(line.startswith("  readonly ") for line in fields)
    assert not any("any" in line for line in fields)


def test_an_absent_seed_is_null() -> None:
    assert "readonly seed: number | null;" in contract_types()
