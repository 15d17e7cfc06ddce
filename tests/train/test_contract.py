from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from train.contract import Contract, ContractError, Head, Input, Sequence, State


def read_changed(contract: Contract, path: Path, **changes: Any) -> Contract:
    document = {**json.loads(contract.to_json()), **changes}
    path.write_text(json.dumps(document), encoding="utf-8")
    return Contract.read(path)


def test_what_was_written_is_read_again(contract: Contract, tmp_path: Path) -> None:
    contract.write(tmp_path / "contract.json")
    assert Contract.read(tmp_path / "contract.json") == contract


def test_labels_in_korean_stay_readable_in_the_file(contract: Contract) -> None:
    korean = dataclasses.replace(contract, heads=(Head(name="감정", labels=("기쁨", "슬픔")),))
    assert "기쁨" in korean.to_json()


def test_columns_of_several_heads_lie_side_by_side(contract: Contract) -> None:
    heads = (*contract.heads, Head(name="mask", labels=("worn", "wrong", "none")))
    both = dataclasses.replace(contract, heads=heads)
    assert [columns for _, columns in both.head_slices()] == [slice(0, 2), slice(2, 5)]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"version": 2}, "version is 2"),
        ({"heads": []}, "heads is empty"),
        ({"heads": [{"name": "e", "labels": ["a", "a"]}]}, "each once"),
        ({"heads": [{"name": "e", "labels": ["a", "b"], "temperature": 0}]}, "temperature 0"),
        ({"output": "scores"}, "contract.output is 'scores'"),
        ({"surplus": 1}, "contract.surplus is not a field"),
        ({"input": {}}, "contract.input.size is missing"),
        ({"input": {"size": 0}}, "input.size is 0"),
        ({"input": {"size": 64, "std": [1, float("nan"), 1]}}, "std[1] is nan, not a finite"),
        ({"heads": [{"name": "e", "labels": ["a", "b"], "temperature": 1e999}]}, "is inf, not"),
        ({"heads": [{"name": "e", "labels": ["a", "b"]}] * 2}, "needs a name of its own"),
        ({"crop": {"rule": {"scale": -1}}}, "crop.rule.scale is -1.0, not from 0.1 to 10"),
        ({"crop": {"second_look": {"factor": 0}}}, "crop.second_look.factor is 0.0, not from"),
        ({"input": {"size": "64"}}, "contract.input.size is '64', not a int"),
        ({"input": {"size": 64, "mean": [0.5]}}, "input.mean has 1 values for 3 channel"),
        ({"input": {"size": 64, "std": [1, 0, 1]}}, "not above 0"),
    ],
)
def test_a_wrong_field_is_named(
    contract: Contract, tmp_path: Path, changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ContractError, match=r"contract\.json: ") as caught:
        read_changed(contract, tmp_path / "contract.json", **changes)
    assert complaint in str(caught.value)


def test_a_file_has_the_familiar_energy_only_where_it_is_set(
    contract: Contract, tmp_path: Path
) -> None:
    assert "familiar_above" not in contract.to_json()
    head = dataclasses.replace(contract.heads[0], familiar_above=-1.5)
    telling = dataclasses.replace(contract, heads=(head,))
    telling.write(tmp_path / "contract.json")
    assert Contract.read(tmp_path / "contract.json") == telling


ANSWER, MEMORY = ({"name": name, "shape": [n], "reset": "face"} for name, n in (("a", 2), ("m", 4)))
FOLLOWS = {"head": "emotion", "states": [ANSWER, MEMORY], "longest_gap_s": 0.2}


def test_a_file_has_the_sequence_head_only_where_there_is_one(
    contract: Contract, tmp_path: Path
) -> None:
    # A run from before there were any goes on by the text's hash.
    assert "sequence" not in contract.to_json()
    found = read_changed(contract, tmp_path / "contract.json", sequence=FOLLOWS)
    states = tuple(State(name=n, shape=(c,), reset="face") for n, c in (("a", 2), ("m", 4)))
    assert found.sequence == Sequence(head="emotion", states=states, longest_gap_s=0.2)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"head": "mask"}, "sequence.head is 'mask', not one of ['emotion']"),
        ({"states": []}, "sequence.states have the shapes [], not"),
        ({"states": [ANSWER]}, "sequence.states have the shapes [(2,)], not"),
        ({"states": [MEMORY, ANSWER]}, "have the shapes [(4,), (2,)], not [(2,), (units,)]"),
        ({"states": [ANSWER, MEMORY, MEMORY]}, "[(2,), (4,), (4,)], not"),
        ({"states": [ANSWER, {**MEMORY, "shape": []}]}, "the memory has the shape (), not"),
        ({"states": [ANSWER, {**MEMORY, "shape": [0]}]}, "the memory has the shape (0,), not"),
        ({"states": [ANSWER, {**MEMORY, "reset": "clip"}]}, "'m' is not reset with every face"),
        ({"longest_gap_s": -1}, "sequence.longest_gap_s is -1.0, not 0 or more"),
    ],
)
def test_a_sequence_head_that_nothing_could_run_is_named(
    contract: Contract, tmp_path: Path, changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ContractError) as caught:
        read_changed(contract, tmp_path / "contract.json", sequence={**FOLLOWS, **changes})
    assert complaint in str(caught.value)


def test_probabilities_have_no_energy_to_be_familiar_by(contract: Contract) -> None:
    head = dataclasses.replace(contract.heads[0], familiar_above=1.0)
    with pytest.raises(ContractError, match="does not answer with logits"):
        dataclasses.replace(contract, heads=(head,), output="probabilities")


def test_a_file_cut_short_is_named(contract: Contract, tmp_path: Path) -> None:
    path = tmp_path / "contract.json"
    path.write_text(contract.to_json()[:100], encoding="utf-8")
    with pytest.raises(ContractError, match=r"contract\.json: is not JSON"):
        Contract.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"contract\.json: cannot be read \(No such file"):
        Contract.read(tmp_path / "contract.json")


def test_a_colour_input_defaults_to_three_channels() -> None:
    assert Input(size=224).depth == 3
