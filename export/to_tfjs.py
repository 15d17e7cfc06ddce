"""TF SavedModel → TF.js graph model."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from export.graph import Graph
from export.tensorflowjs_import import converter
from export.to_tf import ConversionError
from export.unsupported import UnsupportedOperatorError


def to_tfjs(saved_model: Path) -> Graph:
    """Convert with tensorflowjs, as it comes; `export.cleanup` makes it lean."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
                converter().convert_tf_saved_model(
                    str(saved_model),
                    folder,
                    signature_def="serving_default",
                    control_flow_v2=True,
                )
        except ValueError as error:
            if "Unsupported Ops" in str(error):
                names = str(error).splitlines()[-1]
                raise UnsupportedOperatorError(
                    f"TF.js has no kernel for {names}", names.split(", ")
                ) from error
            raise ConversionError(f"tensorflowjs gave up ({error})") from error
        graph = Graph.read(Path(folder))
    graph.prune()
    return graph
