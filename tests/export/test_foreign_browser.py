"""Foreign nets in a real Chromium, where an operator that TF.js lacks would show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from export.browser import Browser
from export.runners import run_onnx
from tests.export.foreign_nets import Case, write
from tests.export.test_foreign import ALLOWED, contract_of, crops, through

CASES = [
    Case(exporter="torchscript", net="separable", opset=16, layout="nhwc"),
    Case(exporter="dynamo", net="residual", opset=18, dynamic=False, probabilities=True),
    Case(exporter="tf2onnx", net="plain", opset=15, layout="nhwc", channels=1, labels=3),
    Case(exporter="torchscript", net="plain", opset=13, labels=7, more=(2, 3)),
    Case(exporter="dynamo", net="residual", opset=18, labels=3, more=(9, 2), probabilities=True),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def browser(web_build: Path, served: Path) -> Iterator[Browser]:
    with Browser(mounts={"/harness": web_build / "harness", "/data": served}) as browser:
        yield browser


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_foreign_net_answers_in_chromium_as_in_onnxruntime(
    case: Case, browser: Browser, served: Path, tmp_path: Path
) -> None:
    write(case, tmp_path / "foreign.onnx")
    through(tmp_path / "foreign.onnx", contract_of(case), tmp_path).write(served / str(case))
    inputs = crops(case)
    (served / f"{case}.bin").write_bytes(inputs.tobytes())
    said = browser.call(
        "runGraph",
        {
            "backend": "wasm",
            "graph": f"/data/{case}/model.json",
            "input": f"/data/{case}.bin",
            "shape": list(inputs.shape),
        },
    )
    reference = run_onnx(tmp_path / "foreign.onnx", inputs, case.layout)
    answers = np.array(said["values"], np.float32).reshape(reference.shape)
    assert np.abs(answers - reference).max() <= ALLOWED * np.abs(reference).max()
    for _, columns in contract_of(case).head_slices():
        assert (answers[:, columns].argmax(1) == reference[:, columns].argmax(1)).all()
