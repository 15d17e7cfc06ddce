"""Processes of a fit that torchrun or Ray has started."""

from __future__ import annotations

from lightning_fabric.plugins.environments.torchelastic import TorchElasticEnvironment


class Placed(TorchElasticEnvironment):
    """On nodes that need not have the same number of them: Ray places by what is free."""

    def validate_settings(self, num_devices: int, num_nodes: int) -> None:
        """Their number is said by whoever started them, not by devices times nodes."""
