"""Classifiers that were never ours, whoever wrote them, become TF.js graphs that answer alike."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

import export.to_tf
from export.cleanup import cleanup
from export.execute import executor
from export.foreign import adopt
from export.graph import Array, Graph
from export.runners import Tensor, run_onnx
from export.to_tf import ConversionError, Onnx2tf, _by_operator
from export.to_tfjs import to_tfjs
from export.unsupported import UnsupportedOperatorError
from face_detect.command import InputError
from tests.export.foreign_nets import OPSETS, SIZE, Case, every_case, write
from train.contract import Contract, Head, Input

ALLOWED = 1e-4
CROPS = 16


def heads_of(case: Case) -> tuple[Head, ...]:
    """Of several outputs one each."""
    sizes = (case.labels, *case.more)
    names = ["head", *(f"head {i}" for i in range(2, len(sizes) + 1))]
    return tuple(
        Head(name=name, labels=tuple(f"label {i}" for i in range(size)))
        for name, size in zip(names, sizes, strict=True)
    )


def contract_of(case: Case) -> Contract:
    grey = case.channels == 1
    return Contract(
        name="foreign",
        net="onnx",
        heads=heads_of(case),
        input=Input(
            size=SIZE,
            channels="grey" if grey else "rgb",
            mean=(0.5,) * case.channels,
            std=(0.25,) * case.channels,
            layout="nhwc" if case.layout == "nhwc" else "nchw",
        ),
        output="probabilities" if case.probabilities else "logits",
    )


def crops(case: Case) -> Tensor:
    rng = np.random.default_rng(5)
    shape = (CROPS, SIZE, SIZE, case.channels)
    return (rng.standard_normal(shape) * rng.uniform(0.1, 2, (CROPS, 1, 1, 1))).astype(np.float32)


def through(onnx_file: Path, contract: Contract, work: Path) -> Graph:
    """The road of `python -m export --onnx`."""
    adopt(onnx_file, contract, work / "model.onnx")
    Onnx2tf().convert(work / "model.onnx", work / "saved_model")
    return cleanup(to_tfjs(work / "saved_model"))


def pairwise() -> list[Case]:
    """A few cases in which every two values of any two factors meet."""
    cases = list(every_case())
    wanted = set().union(*map(_pairs, cases))
    chosen: list[Case] = []
    while wanted:
        best = max(cases, key=lambda case: len(wanted & _pairs(case)))
        chosen.append(best)
        wanted -= _pairs(best)
    return chosen


def _pairs(case: Case) -> set[object]:
    factors = {
        key: getattr(case, key)
        for key in ("exporter", "layout", "channels", "probabilities", "dynamic", "net")
    }
    alone = {("opset", case.exporter, case.opset), ("labels", case.labels)}
    return alone | set(itertools.combinations(factors.items(), 2))


FEW = pairwise()
REST = [case for case in every_case() if case not in FEW]


def check(case: Case, work: Path) -> None:
    write(case, work / "foreign.onnx")
    graph = through(work / "foreign.onnx", contract_of(case), work)
    inputs = crops(case)
    reference = run_onnx(work / "foreign.onnx", inputs, case.layout)
    answers = executor(graph)(inputs)
    assert graph.input_shape == [-1, SIZE, SIZE, case.channels]
    assert np.abs(answers - reference).max() <= ALLOWED * np.abs(reference).max()
    assert np.ptp(reference, axis=0).max() > 1e-3
    assert (answers.argmax(1) == reference.argmax(1)).all()


@pytest.mark.parametrize("case", FEW, ids=str)
def test_a_foreign_net_answers_in_the_graph_as_in_onnxruntime(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("case", REST, ids=str)
def test_the_rest_of_the_full_product_does_too(case: Case, tmp_path: Path) -> None:
    check(case, tmp_path)


def test_the_few_hold_every_opset_and_label_count() -> None:
    assert {case.labels for case in FEW} == set(range(2, 19))
    opsets = {name: {case.opset for case in FEW if case.exporter == name} for name in OPSETS}
    assert opsets == {name: set(versions) for name, versions in OPSETS.items()}


PLAIN = Case(exporter="torchscript", opset=13)
IDENTITY = helper.make_opsetid("", 17)


def small(nodes: list[onnx.NodeProto], path: Path, **weights: Array) -> Path:
    """A net x [N, 3, 32, 32] → y, written by hand."""
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, SIZE, SIZE])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [onnx.numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[IDENTITY], ir_version=8), path)
    return path


def ending(*nodes: onnx.NodeProto) -> list[onnx.NodeProto]:
    return [helper.make_node("GlobalAveragePool", ["x"], ["mean"]), *nodes]


def test_an_operator_that_the_browser_lacks_is_named(tmp_path: Path) -> None:
    file = small([helper.make_node("Det", ["x"], ["y"])], tmp_path / "a.onnx")
    case = dataclasses.replace(PLAIN, labels=3)
    with pytest.raises(UnsupportedOperatorError, match="Det"):
        through(file, contract_of(case), tmp_path)


def test_an_operator_of_another_domain_is_named_with_it(tmp_path: Path) -> None:
    node = helper.make_node("Warp", ["x"], ["y"], domain="com.example")
    file = small([node], tmp_path / "a.onnx")
    with pytest.raises(UnsupportedOperatorError, match=r"com\.example\.Warp"):
        through(file, contract_of(PLAIN), tmp_path)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "a.onnx")
    whole = (tmp_path / "a.onnx").read_bytes()
    (tmp_path / "a.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"a\.onnx: .*cut short"):
        adopt(tmp_path / "a.onnx", contract_of(PLAIN), tmp_path / "b.onnx")


def test_external_data_that_is_missing_is_refused(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "a.onnx")
    model = onnx.load(tmp_path / "a.onnx")
    onnx.save(model, tmp_path / "b.onnx", save_as_external_data=True, location="weights")
    (tmp_path / "weights").unlink()
    with pytest.raises(InputError, match=r"b\.onnx: cannot be read"):
        adopt(tmp_path / "b.onnx", contract_of(PLAIN), tmp_path / "c.onnx")


def test_external_data_comes_along(tmp_path: Path) -> None:
    write(PLAIN, tmp_path / "a.onnx")
    (tmp_path / "far").mkdir()
    model = onnx.load(tmp_path / "a.onnx")
    onnx.save(
        model, tmp_path / "far/b.onnx", save_as_external_data=True, location="w", size_threshold=0
    )
    adopt(tmp_path / "far/b.onnx", contract_of(PLAIN), tmp_path / "c.onnx")
    inputs = crops(PLAIN)
    found = run_onnx(tmp_path / "c.onnx", inputs, "nchw")
    np.testing.assert_allclose(found, run_onnx(tmp_path / "a.onnx", inputs, "nchw"), atol=1e-5)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"labels": 5}, "answers with 7 numbers, .* 5 labels"),
        ({"channels": 1}, r"takes \[N, 3, 32, 32\], .* say \[N, 1, 32, 32\]"),
        ({"layout": "nhwc"}, r"takes \[N, 3, 32, 32\], .* say \[N, 32, 32, 3\]"),
        ({"probabilities": True}, "away from adding up to 1"),
    ],
)
def test_a_contract_of_another_net_is_refused(
    change: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    write(PLAIN, tmp_path / "a.onnx")
    other = contract_of(dataclasses.replace(PLAIN, **change))
    with pytest.raises(InputError, match=complaint):
        adopt(tmp_path / "a.onnx", other, tmp_path / "b.onnx")
    assert not (tmp_path / "b.onnx").exists()


def test_probabilities_called_logits_are_refused(tmp_path: Path) -> None:
    case = dataclasses.replace(PLAIN, probabilities=True)
    write(case, tmp_path / "a.onnx")
    with pytest.raises(InputError, match="add up to 1, the contract's output is logits"):
        adopt(tmp_path / "a.onnx", contract_of(PLAIN), tmp_path / "b.onnx")


SEVERAL = Case(exporter="torchscript", net="residual", opset=16, labels=7, more=(2, 3))


@pytest.mark.parametrize("exporter", ["torchscript", "dynamo"])
def test_each_of_several_outputs_is_a_head(exporter: str, tmp_path: Path) -> None:
    case = dataclasses.replace(SEVERAL, exporter=exporter, opset=18, dynamic=False)
    write(case, tmp_path / "a.onnx")
    graph = through(tmp_path / "a.onnx", contract_of(case), tmp_path)
    inputs = crops(case)
    reference = run_onnx(tmp_path / "a.onnx", inputs, "nchw")
    assert reference.shape == (CROPS, 12)
    np.testing.assert_allclose(executor(graph)(inputs), reference, atol=1e-4)
    assert graph.operator_counts()["_FusedMatMul"] == 1
    assert "ConcatV2" not in graph.operator_counts()


def test_several_outputs_of_probabilities_stay_as_they_are(tmp_path: Path) -> None:
    case = dataclasses.replace(SEVERAL, probabilities=True)
    write(case, tmp_path / "a.onnx")
    graph = through(tmp_path / "a.onnx", contract_of(case), tmp_path)
    reference = run_onnx(tmp_path / "a.onnx", crops(case), "nchw")
    np.testing.assert_allclose(executor(graph)(crops(case)), reference, atol=1e-5)


@pytest.mark.parametrize("sizes", [(2, 7, 3), (7, 5), (7, 2)])
def test_heads_that_are_not_those_of_the_outputs_are_refused(
    sizes: tuple[int, ...], tmp_path: Path
) -> None:
    write(SEVERAL, tmp_path / "a.onnx")
    other = dataclasses.replace(SEVERAL, labels=sizes[0], more=sizes[1:])
    with pytest.raises(InputError, match=r"so many numbers: 'y' 7, 'y2' 2, 'y3' 3; .*"):
        adopt(tmp_path / "a.onnx", contract_of(other), tmp_path / "b.onnx")


def test_one_output_can_be_several_heads(tmp_path: Path) -> None:
    case = dataclasses.replace(PLAIN, labels=12)
    write(case, tmp_path / "a.onnx")
    adopt(tmp_path / "a.onnx", contract_of(SEVERAL), tmp_path / "b.onnx")
    answers = run_onnx(tmp_path / "b.onnx", crops(case), "nchw")
    np.testing.assert_allclose(
        answers, run_onnx(tmp_path / "a.onnx", crops(case), "nchw"), atol=1e-5
    )


def test_a_net_that_answers_with_nan_is_refused(tmp_path: Path) -> None:
    file = small(ending(helper.make_node("Log", ["mean"], ["y"])), tmp_path / "a.onnx")
    case = dataclasses.replace(PLAIN, labels=3)
    with pytest.raises(InputError, match="NaN"):
        adopt(file, contract_of(case), tmp_path / "b.onnx")


def test_an_output_of_four_axes_becomes_two(tmp_path: Path) -> None:
    file = small(ending(helper.make_node("Neg", ["mean"], ["y"])), tmp_path / "a.onnx")
    case = dataclasses.replace(PLAIN, labels=3)
    graph = through(file, contract_of(case), tmp_path)
    inputs = crops(case)
    np.testing.assert_allclose(executor(graph)(inputs), -inputs.mean((1, 2)), atol=1e-5)


def test_a_flatten_by_measured_shape_is_folded_away(tmp_path: Path) -> None:
    """torch writes `x.view(x.size(0), -1)` as Shape, Gather, Unsqueeze, Concat, Reshape."""
    nodes = [
        helper.make_node("MaxPool", ["x"], ["pooled"], kernel_shape=[16, 16], strides=[16, 16]),
        helper.make_node("Shape", ["pooled"], ["shape"]),
        helper.make_node("Gather", ["shape", "zero"], ["batch"]),
        helper.make_node("Unsqueeze", ["batch", "zeros"], ["first"]),
        helper.make_node("Concat", ["first", "rest"], ["target"], axis=0),
        helper.make_node("Reshape", ["pooled", "target"], ["y"]),
    ]
    zero = np.array(0, np.int64)
    constants = {"zero": zero, "zeros": zero[None], "rest": zero[None] - 1}
    file = small(nodes, tmp_path / "a.onnx", **constants)
    case = dataclasses.replace(PLAIN, labels=12)
    adopt(file, contract_of(case), tmp_path / "b.onnx")
    written = [node.op_type for node in onnx.load(tmp_path / "b.onnx").graph.node]
    assert "Shape" not in written
    graph = through(file, contract_of(case), tmp_path)
    inputs = crops(case)
    reference = run_onnx(file, inputs, "nchw")
    np.testing.assert_allclose(executor(graph)(inputs), reference, atol=1e-5)


def test_a_converter_that_gets_the_numbers_wrong_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(PLAIN, tmp_path / "a.onnx")

    def wrong(model: onnx.ModelProto, folder: Path) -> Any:
        del folder
        for item in model.graph.initializer:
            if len(item.dims) == 1:
                value = onnx.numpy_helper.to_array(item) * np.float32(1.01)
                item.CopyFrom(onnx.numpy_helper.from_array(value, item.name))
        return _by_operator(model, tmp_path)

    monkeypatch.setattr(export.to_tf, "ROADS", {"wrong": wrong})
    with pytest.raises(ConversionError, match=r"wrong: off by .*, allowed 1e-04"):
        through(tmp_path / "a.onnx", contract_of(PLAIN), tmp_path)


def test_a_road_that_was_not_taken_is_named_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(PLAIN, tmp_path / "a.onnx")

    def blocked(model: onnx.ModelProto, folder: Path) -> Any:
        raise ValueError("a tree lies\nacross it")

    monkeypatch.setattr(export.to_tf, "ROADS", {"short": blocked, "long": _by_operator})
    road = Onnx2tf().convert(tmp_path / "a.onnx", tmp_path / "saved_model")
    assert road == "long, because short: ValueError: a tree lies"


@pytest.mark.parametrize("kind", [OSError, MemoryError, KeyboardInterrupt])
def test_what_the_machine_cannot_do_is_no_reason_for_another_road(
    kind: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(PLAIN, tmp_path / "a.onnx")

    def full(model: onnx.ModelProto, folder: Path) -> Any:
        raise kind("No space left on device")

    monkeypatch.setattr(export.to_tf, "ROADS", {"short": full, "long": _by_operator})
    with pytest.raises(kind, match="No space left"):
        Onnx2tf().convert(tmp_path / "a.onnx", tmp_path / "saved_model")
