from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from torch import nn

from face_detect.command import InputError
from train import start as module
from train.checkpoint import save
from train.contract import Contract, Head, Input
from train.nets import build_net
from train.start import start

GREY = Input(size=48, channels="grey", mean=(0.5,), std=(0.25,))
HEADS = (Head(name="emotion", labels=("happy", "sad")),)
OF_GREY = Contract(name="made", net="resnet18", heads=HEADS, input=GREY)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a net that sees colours, as torch keeps them, and without what no net has to know."""
    path = tmp_path_factory.mktemp("weights") / "resnet18.pth"
    net = build_net(dataclasses.replace(OF_GREY, input=Input(size=48)))
    state = net.state_dict()
    torch.save({key: state[key] for key in state if "num_batches" not in key}, path)
    return path


def test_a_layer_that_would_be_frozen_untrained_is_refused(weights: Path) -> None:
    with pytest.raises(
        InputError, match=r"--freeze 1: .*resnet18\.pth: conv1\.weight does not fit"
    ):
        start(OF_GREY, weights, 0, freeze=1)


@pytest.mark.parametrize(("channels", "freeze"), [("grey", 0), ("rgb", 5)])
def test_what_fits_may_be_frozen_and_what_does_not_is_trained(
    weights: Path, channels: str, freeze: int
) -> None:
    spec = GREY if channels == "grey" else Input(size=48)
    start(dataclasses.replace(OF_GREY, input=spec), weights, 0, freeze=freeze)


@pytest.mark.parametrize(
    ("words", "kind"), [("out of memory", RuntimeError), ("size is too small", InputError)]
)
def test_a_net_that_memory_is_too_small_for_is_not_called_too_small_an_input(
    monkeypatch: pytest.MonkeyPatch, words: str, kind: type[Exception]
) -> None:
    class Failing(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise RuntimeError(words)

    monkeypatch.setattr(module, "build_net", lambda contract: Failing())
    with pytest.raises(kind, match=words):
        start(OF_GREY, None, 0)


EMOTION, GENDER = HEADS[0], Head(name="gender", labels=("female", "male"))


@pytest.mark.parametrize(
    ("taught", "wanted", "rows"),
    [
        ((EMOTION,), (GENDER, EMOTION), {2: 0, 3: 1}),
        ((GENDER, EMOTION), (EMOTION,), {0: 2, 1: 3}),
        ((GENDER, EMOTION), (EMOTION, GENDER), {0: 2, 1: 3, 2: 0, 3: 1}),
        ((EMOTION, Head(name="gender", labels=("a", "b"))), (EMOTION, GENDER), {0: 0, 1: 1}),
    ],
    ids=["one more", "one of two", "another order", "other labels"],
)
def test_heads_that_a_net_and_its_weights_have_are_carried_over(
    tmp_path: Path, taught: tuple[Head, ...], wanted: tuple[Head, ...], rows: dict[int, int]
) -> None:
    small = dataclasses.replace(OF_GREY, net="slim:width=0.2,depth=1")
    given = dataclasses.replace(small, heads=taught)
    before = build_net(given)
    save(before, given, tmp_path)
    asked = dataclasses.replace(small, heads=wanted)
    net, bare = start(asked, tmp_path, 1), start(asked, None, 1)
    old, new, plain = (list(each.state_dict().values())[-2] for each in (before, net, bare))
    for row in range(len(new)):
        assert torch.equal(new[row], old[rows[row]] if row in rows else plain[row])
