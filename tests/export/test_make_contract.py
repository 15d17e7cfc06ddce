"""A contract for a net that was never ours says what the file says, and asks for the rest."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import onnx
import pytest

from export.ask_contract import ask_contract
from export.make_contract import QUESTIONS, Wishes, make_contract
from face_detect.command import InputError
from tests.export.foreign_nets import Case, write
from train.contract import Contract, Head

LABELS = tuple("abcdefg")
REST = Wishes(labels=LABELS, mean=(0.5,), std=(0.25,))


def net(path: Path, case: Case) -> Path:
    write(case, path)
    return path


def nobody(question: str) -> str:
    pytest.fail(f"asked: {question}")


@pytest.mark.parametrize("layout", ["nchw", "nhwc"])
@pytest.mark.parametrize(("channels", "name"), [(1, "grey"), (3, "rgb")])
def test_the_file_says_what_it_takes(layout: str, channels: int, name: str, tmp_path: Path) -> None:
    case = Case(exporter="torchscript", layout=layout, channels=channels)
    found = make_contract(net(tmp_path / "a.onnx", case), REST, nobody)
    assert (found.input.size, found.input.layout, found.input.channels) == (32, layout, name)
    assert found.input.mean == (0.5,) * channels


@pytest.mark.parametrize(("softmax", "kind"), [(True, "probabilities"), (False, "logits")])
def test_its_answers_tell_probabilities_from_logits(
    softmax: bool, kind: str, tmp_path: Path
) -> None:
    case = Case(exporter="torchscript", probabilities=softmax)
    assert make_contract(net(tmp_path / "a.onnx", case), REST, nobody).output == kind


def test_labels_and_numbers_are_read_from_its_metadata(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=3))
    model = onnx.load(file)
    said = {"names": "{0: 'no', 2: 'so', 1: 'yes'}", "mean": "[0.1, 0.2, 0.3]", "std": "0.5"}
    onnx.helper.set_model_props(model, said)
    onnx.save(model, file)
    found = make_contract(file, Wishes(), nobody)
    assert found.heads[0].labels == ("no", "yes", "so")
    assert found.input.mean == (0.1, 0.2, 0.3)
    assert found.input.std == (0.5, 0.5, 0.5)


def test_labels_whose_order_the_metadata_does_not_say_are_asked_for(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=2))
    model = onnx.load(file)
    onnx.helper.set_model_props(model, {"id2label": '{"x": "bad", "y": "good"}'})
    onnx.save(model, file)
    with pytest.raises(InputError, match=r"add --labels$"):
        make_contract(file, Wishes(mean=(0.5,), std=(0.25,)))


def test_a_net_that_takes_bytes_is_refused(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript"))
    model = onnx.load(file)
    model.graph.input[0].type.tensor_type.elem_type = onnx.TensorProto.UINT8
    onnx.save(model, file)
    with pytest.raises(InputError, match=r"a\.onnx: takes UINT8; FLOAT is needed"):
        make_contract(file, REST)


def test_the_end_of_the_input_ends_the_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript"))
    monkeypatch.setattr("sys.stdin", _Terminal())
    with pytest.raises(InputError, match="broken off"):
        ask_contract([str(file), f"--out={tmp_path / 'contract.json'}"])
    assert not (tmp_path / "contract.json").exists()


class _Terminal(io.StringIO):
    """One at which Ctrl-D was typed."""

    def isatty(self) -> bool:
        return True


def test_what_nobody_says_is_named_by_its_flag(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript"))
    with pytest.raises(InputError, match=r"add --labels, --mean, --std$"):
        make_contract(file, Wishes())


def test_what_nobody_says_is_asked_until_the_answer_can_be_read(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=2))
    answers = iter(["bad, good", "half", "0.5", "0.25"])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    found = make_contract(file, Wishes(), ask)
    assert found.heads[0].labels == ("bad", "good")
    keys = ("labels", "mean", "mean", "std")
    assert all(QUESTIONS[key] in text for key, text in zip(keys, asked, strict=True))
    assert "half" in asked[2]


def test_labels_that_do_not_match_the_net_are_refused(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=5))
    with pytest.raises(InputError, match="answers with 5 numbers, and 7 labels"):
        make_contract(file, REST)


def test_a_contract_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript"))
    out = tmp_path / "contract.json"
    command = [str(file), "--labels", ",".join(LABELS), "--mean=0.5", "--std=0.25", f"--out={out}"]
    ask_contract(command)
    assert Contract.read(out).heads[0].labels == LABELS
    with pytest.raises(InputError, match="--force"):
        ask_contract(command)
    ask_contract([*command, "--force", "--name", "other"])
    assert Contract.read(out).name == "other"


def test_the_command_without_a_terminal_exits_with_2_and_names_the_flags(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript"))
    command = [sys.executable, "-m", "export", "contract", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.strip().endswith("add --labels, --mean, --std")


SEVERAL = Case(exporter="torchscript", labels=3, more=(2,))
NUMBERS = Wishes(mean=(0.5,), std=(0.25,))


def test_each_of_several_outputs_is_asked_for_its_name_and_its_labels(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", SEVERAL)
    asked: list[str] = []
    answers = iter(["mask", "worn; worn, but wrongly; none", "", "male", "male, female"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    found = make_contract(file, NUMBERS, ask)
    mask, other = found.heads
    assert (mask.name, mask.labels) == ("mask", ("worn", "worn, but wrongly", "none"))
    assert (other.name, other.labels) == ("y2", ("male", "female"))
    assert "'y' of 3 numbers" in asked[0]
    assert "1 are not 2" in asked[4]


def test_without_a_terminal_the_outputs_are_told(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", SEVERAL)
    with pytest.raises(InputError, match=r"add --head NAME=.*'y' of 3 numbers, 'y2' of 2 numbers"):
        make_contract(file, NUMBERS)


def test_heads_of_the_command_line_may_be_parts_of_one_output(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=5))
    out = tmp_path / "contract.json"
    heads = ["--head", "mask=worn,wrong,none", "--head", "gender=male,female"]
    ask_contract([str(file), *heads, "--mean=0.5", "--std=0.25", f"--out={out}"])
    assert [head.name for head in Contract.read(out).heads] == ["mask", "gender"]


def test_outputs_of_two_kinds_are_refused_and_told(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", SEVERAL)
    model = onnx.load(file)
    model.graph.node.append(onnx.helper.make_node("Softmax", ["y2"], ["shares"]))
    model.graph.output[1].name = "shares"
    onnx.save(model, file)
    heads = (Head(name="a", labels=("x", "y", "z")), Head(name="b", labels=("p", "q")))
    with pytest.raises(InputError, match="'a' with logits, 'b' with probabilities"):
        make_contract(file, Wishes(heads=heads, mean=(0.5,), std=(0.25,)))


def test_an_output_of_one_number_is_no_head(tmp_path: Path) -> None:
    file = net(tmp_path / "a.onnx", Case(exporter="torchscript", labels=3, more=(1,)))
    with pytest.raises(InputError, match="output 'y2' has 1 number"):
        make_contract(file, NUMBERS, nobody)


@pytest.mark.parametrize("head", ["mask", "mask=", "=worn,none"])
def test_a_head_without_a_name_or_labels_is_refused(head: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"--head: '{head}' is not NAME=LABEL,LABEL"):
        ask_contract([str(tmp_path / "a.onnx"), "--head", head])
