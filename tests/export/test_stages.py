from __future__ import annotations

import errno
import os

import pytest

from export.stages import Clock
from face_detect.command import InputError, MachineError


def _ignore(name: str, model: str) -> None:
    pass


def _full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "weights.bin")


def test_each_step_is_timed_and_remembered() -> None:
    clock = Clock(_ignore)
    with clock.stage("graph", "small") as mark:
        mark.bytes = 7
    (record,) = clock.records
    assert (record.name, record.model, record.bytes) == ("graph", "small", 7)


def test_a_full_disk_behind_an_input_error_is_still_the_machines_fault() -> None:
    with pytest.raises(MachineError, match="'onnx'"), Clock(_ignore).stage("onnx"):
        try:
            raise _full()
        except OSError as error:
            raise InputError("net.onnx: does not load") from error


def test_so_is_one_of_which_a_library_left_only_the_words() -> None:
    with pytest.raises(MachineError, match="disk is full"), Clock(_ignore).stage("graph"):
        try:
            raise RuntimeError("weights.bin; No space left on device")
        except RuntimeError as error:
            raise InputError("net.onnx: does not load") from error


def test_so_is_numpys_short_write_which_bears_no_number() -> None:
    with pytest.raises(MachineError, match="disk is full"), Clock(_ignore).stage("graph"):
        raise OSError("983040 requested and 49968 written")


def test_a_file_whose_name_speaks_of_space_is_no_full_disk() -> None:
    with pytest.raises(InputError), Clock(_ignore).stage("read"):
        raise InputError("no space left.onnx: is not a file")
