import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from benchmarks.frame import FrameOptions, measure_frame
from benchmarks.result import Result
from benchmarks.site import Site
from export.build_web import build_web
from train.contract import FER_LABELS, Contract, Head, Input

ROOT = Path(__file__).resolve().parents[2]


def write_graph(folder: Path) -> None:
    """The smallest graph that TF.js runs: output = relu(input)."""
    kind = {"dtype": {"type": "DT_FLOAT"}}
    nodes = [
        {"name": "input", "op": "Placeholder", "attr": kind},
        {"name": "output", "op": "Relu", "input": ["input"], "attr": {"T": {"type": "DT_FLOAT"}}},
    ]
    weights = [{"paths": ["weights.bin"], "weights": []}]
    topology = {"node": nodes, "versions": {"producer": 1}}
    graph = {"format": "graph-model", "modelTopology": topology, "weightsManifest": weights}
    folder.mkdir(parents=True)
    (folder / "model.json").write_text(json.dumps(graph))
    (folder / "weights.bin").touch()


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("site")
    for name in ("detector", "model"):
        write_graph(folder / name)
    contract = Contract(
        name="small",
        net="efficientnet-b0",
        heads=(Head(name="emotion", labels=FER_LABELS),),
        input=Input(size=48, channels="grey", mean=(0.5,), std=(0.5,)),
    )
    site = Site(
        folder=folder,
        variant="f32",
        contract=contract,
        classifier="model/model.json",
        detector="detector/model.json",
    )
    frames = [np.full((60, 80, 3), level, np.uint8) for level in (50, 200)]
    options = FrameOptions(frames=5, warmup=1, detector_size=96)
    return measure_frame(site, build_web(ROOT / "web") / "harness", frames, options)


def test_both_nets_are_timed_as_often_as_asked(result: Result) -> None:
    assert {series.name: series.summary.count for series in result.series} == {
        "detector": 5,
        "classifier": 5,
    }


def test_each_net_is_fed_the_shape_that_it_takes(result: Result) -> None:
    assert [series.shape for series in result.series] == [(1, 96, 96, 3), (1, 48, 48, 1)]


def test_a_real_measurement_fits_the_schema(result: Result) -> None:
    schema = json.loads((ROOT / "benchmarks/result.schema.json").read_text())
    jsonschema.validate(json.loads(result.to_json()), schema)


def test_the_result_says_which_browser_it_was(result: Result) -> None:
    assert "Chrome" in result.machine.browser
