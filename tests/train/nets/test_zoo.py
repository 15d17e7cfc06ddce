from __future__ import annotations

import dataclasses

import pytest
import torch

from train.contract import Contract, ContractError
from train.fitting import frozen_layers
from train.nets import NETS, build_net, net_text, read_net
from train.nets.net import Option

# torchvision 0.28 (Keras 3 for Xception): parameters with 3 channels and 1000 classes.
PARAMETERS = {
    "densenet121": 7_978_856,
    "efficientnet-b0": 5_288_548,
    "efficientnet-b7": 66_347_960,
    "mobilenet-v2": 3_504_872,
    "mobilenet-v3-large": 5_483_032,
    "mobilenet-v3-small": 2_542_856,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "resnext50-32x4d": 25_028_904,
    "resnext101-32x8d": 88_791_336,
    "xception": 22_855_952,
}
# torchvision's own names, one for each kind of place.
NAMES = {
    "densenet121": ("features.denseblock3.denselayer7.conv2.weight", (32, 128, 3, 3)),
    "mobilenet-v2": ("features.4.conv.1.0.weight", (144, 1, 3, 3)),
    "mobilenet-v3-large": ("features.4.block.2.fc1.weight", (24, 72, 1, 1)),
    "mobilenet-v3-small": ("features.12.1.running_var", (576,)),
    "resnet18": ("layer2.0.downsample.0.weight", (128, 64, 1, 1)),
    "resnext50-32x4d": ("layer1.0.conv2.weight", (128, 4, 3, 3)),
    "vgg13": ("features.31.weight", (512, 512, 3, 3)),
}
LIGHT = (
    "dense",
    "densenet121",
    "efficientnet-b0",
    "irnn",
    "landmark-geometry",
    "mobilenet-v2",
    "mobilenet-v3-small",
    "resnet18",
    "slim",
    "tuned-cnn",
    "vgg13",
)


@pytest.mark.parametrize(("name", "parameters"), PARAMETERS.items())
def test_a_known_net_has_its_published_number_of_parameters(name: str, parameters: int) -> None:
    with torch.device("meta"):
        net = NETS[name].build(outputs=1000, channels=3)
    assert sum(value.numel() for value in net.parameters()) == parameters


@pytest.mark.parametrize(("name", "tensor"), NAMES.items())
def test_tensors_are_named_as_in_torchvision(
    name: str, tensor: tuple[str, tuple[int, ...]]
) -> None:
    with torch.device("meta"):
        state = NETS[name].build(outputs=1000, channels=3).state_dict()
    assert state[tensor[0]].shape == tensor[1]


@pytest.mark.parametrize("name", LIGHT)
@pytest.mark.parametrize(("size", "channels"), [(48, 1), (64, 3)])
def test_a_net_takes_small_grey_and_larger_coloured_faces(
    name: str, size: int, channels: int
) -> None:
    net = NETS[name].build(outputs=7, channels=channels).eval()
    assert net(torch.zeros(2, channels, size, size)).shape == (2, 7)


def test_options_in_a_net_s_name_build_another_net(contract: Contract) -> None:
    named = dataclasses.replace(contract, net="slim:depth=1,activation=gelu")
    net = build_net(named)
    plain = build_net(dataclasses.replace(contract, net="slim"))
    assert len(list(net.modules())) < len(list(plain.modules()))
    assert any(isinstance(part, torch.nn.GELU) for part in net.modules())


def test_options_survive_being_written_and_read() -> None:
    options: dict[str, Option] = {"width": 0.5, "depth": 3, "activation": "tanh"}
    assert read_net(net_text("slim", options)) == ("slim", options)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("vgg", "not one of"),
        ("slim:colour=red", "has no option 'colour'; slim has width, depth"),
        ("slim:depth=two", "depth is 'two'"),
        ("resnet18:groups=32", "has no option 'groups'; resnet18 has dropout"),
        ("efficientnet-b1:width=2", "has no option 'width'"),
        ("dense:width=-3", "width is '-3' .it must be a number from 0"),
        ("slim:width=nan", "width is 'nan'"),
    ],
)
def test_a_net_that_cannot_be_built_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(ContractError, match=complaint):
        read_net(text)


def test_options_that_torch_refuses_are_named(contract: Contract) -> None:
    with pytest.raises(ContractError, match="net 'slim:dropout=2': cannot be built"):
        build_net(dataclasses.replace(contract, net="slim:dropout=2"))


@pytest.mark.parametrize(
    ("net", "frozen", "first_free"),
    [
        ("dense:depth=2,width=8", "hidden.0.", "hidden.3."),
        ("mobilenet-v2", "features.0.", "features.1."),
        ("resnet18", ("conv1.", "bn1."), "layer1."),
        ("slim", "features.0.", "features.1."),
    ],
)
def test_the_first_stage_of_a_net_can_be_frozen(
    contract: Contract, net: str, frozen: str | tuple[str, ...], first_free: str
) -> None:
    built = build_net(dataclasses.replace(contract, net=net))
    (stage,) = frozen_layers(built, 1)
    stage.requires_grad_(False)
    free = [name for name, value in built.named_parameters() if value.requires_grad]
    assert free[0].startswith(first_free)
    assert not any(name.startswith(frozen) for name in free)


def test_large_efficientnets_have_torchvision_s_batch_norms() -> None:
    with torch.device("meta"):
        nets = [NETS[f"efficientnet-b{i}"].build(outputs=2, channels=3) for i in (4, 5)]
    eps = [{part.eps for part in net.modules() if hasattr(part, "eps")} for net in nets]
    assert eps == [{1e-5}, {1e-3}]


def test_an_activation_that_nobody_knows_is_refused(contract: Contract) -> None:
    with pytest.raises(ContractError, match="activation is 'swoosh', not one of gelu"):
        build_net(dataclasses.replace(contract, net="dense:activation=swoosh"))
