from __future__ import annotations

import pytest

from face_detect.command import GateError, InputError, MachineError, exit_code_of


def _failing(error: BaseException) -> int:
    def main() -> None:
        raise error

    return exit_code_of(main)


def test_a_command_that_ends_well_exits_0() -> None:
    assert exit_code_of(lambda: None) == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GateError("x"), 1),
        (InputError("x"), 2),
        (MachineError("x"), 3),
        (OSError(28, "No space left on device"), 3),
        (RuntimeError("x"), 70),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: BaseException, code: int) -> None:
    assert _failing(error) == code


def test_an_expected_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _failing(InputError("a.jpg: is empty"))
    assert capsys.readouterr().err == "error: a.jpg: is empty\n"


def test_a_full_disk_is_told_with_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    _failing(OSError(28, "No space left on device", "out.bin"))
    assert capsys.readouterr().err == "error: out.bin: No space left on device\n"


def test_a_fault_of_ours_comes_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    _failing(RuntimeError("broken"))
    assert "RuntimeError: broken" in capsys.readouterr().err
