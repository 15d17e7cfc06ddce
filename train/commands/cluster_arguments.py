"""The options that say which processes do the work: this machine's, or those of Ray."""

from __future__ import annotations

import argparse

from face_detect.command import InputError


def add_cluster_arguments(group: argparse._ArgumentGroup) -> None:
    """--engine and --address."""
    group.add_argument(
        "--engine",
        choices=("local", "ray"),
        default="local",
        help="who does the work: processes of this machine, or Ray (local)",
    )
    group.add_argument(
        "--address",
        help="of a Ray cluster that runs: host:port, or auto for that of this machine (a Ray that"
        " is started here and ended with the command)",
    )


def asks_for_ray(chosen: argparse.Namespace) -> bool:
    """Whether Ray is to do it; an address alone would be overlooked."""
    if chosen.address is not None and chosen.engine != "ray":
        raise InputError("--address: is that of a Ray cluster, and needs --engine ray")
    return bool(chosen.engine == "ray")
