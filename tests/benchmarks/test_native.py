from pathlib import Path

import numpy as np
import pytest
from torch import nn

from benchmarks.names import figure_name
from benchmarks.native import BROWSER, agreement, blocks
from benchmarks.native_nets import Net
from benchmarks.native_runners import runners_of
from export.graph import Graph, Node
from face_detect.command import GateError

KIND = {"type": "DT_FLOAT"}
ANSWERS = {
    name: np.array([[1.0, 2.0]])
    for name in ("torch", "onnxruntime", "tensorflow", "litert", BROWSER)
}


def test_every_runtime_of_this_machine_gives_the_nets_answer(tmp_path: Path) -> None:
    nodes = [
        Node(name="input", op="Placeholder", inputs=[], attrs={"dtype": KIND}),
        Node(name="output", op="Relu", inputs=["input"], attrs={"T": KIND}),
    ]
    shape = [1, 4, 4, 3]
    graph = Graph(
        nodes={node.name: node for node in nodes},
        weights={},
        input="input",
        output="output",
        input_shape=shape,
    )
    graph.write(tmp_path / "site/relu")
    nhwc = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    net = Net(
        name="relu",
        torch=nn.ReLU(),
        layout="nchw",
        graph="relu/model.json",
        site=tmp_path / "site",
        nhwc=nhwc,
    )
    runners = runners_of(net, tmp_path / "work")
    assert set(runners) == set(ANSWERS) - {BROWSER}
    for run in runners.values():
        np.testing.assert_allclose(run(nhwc), np.maximum(nhwc, 0))


@pytest.mark.parametrize(
    ("name", "beside"), [("onnxruntime", "torch"), ("tensorflow", BROWSER), ("litert", BROWSER)]
)
def test_a_runtime_that_answers_otherwise_is_named(name: str, beside: str) -> None:
    with pytest.raises(GateError, match=f"{name} answers otherwise than {beside}"):
        agreement("net", {**ANSWERS, name: np.array([[1.0, 2.1]])})


def test_where_all_agree_their_drift_is_kept() -> None:
    assert set(agreement("net", ANSWERS)) == set(ANSWERS) - {"torch"}


def test_a_pair_is_a_rounds_mean() -> None:
    assert blocks([1.0, 3.0, 5.0, 7.0], 2) == (2, 6)


def test_a_model_goes_by_the_short_name_that_other_figures_have() -> None:
    assert [figure_name(name) for name in ("emotion-b0", "my-net")] == ["b0", "my_net"]
