"""Which error ended processes that work together."""

from __future__ import annotations

from collections.abc import Mapping

from face_detect.command import FacecastError, MachineError
from train.cluster.ray_cluster import first_sentence

_GOES_ON = "the same command goes on from what is done"


def cause_of(faults: Mapping[int, Exception], failed: Mapping[int, Exception]) -> Exception:
    """`faults` is what they said themselves, first of all the first, `failed` what Ray saw of them.

    Where one is lost, the others complain that they cannot talk to it.
    """
    for fault in faults.values():
        if isinstance(fault, FacecastError):
            return fault
    for rank, failure in failed.items():
        if rank not in faults:
            why = first_sentence(failure)
            return MachineError(f"Ray: process {rank} was lost ({why}); {_GOES_ON}")
    first = next(iter(faults.values()))
    if not _is_talk(first):
        return first
    return MachineError(f"Ray: a process lost another ({first_sentence(first)}); {_GOES_ON}")


def _is_talk(fault: Exception) -> bool:
    """Whether it is of what processes tell one another, for which torch has no one class."""
    return any(word in str(fault) for word in ("gloo", "NCCL", "Connection"))
