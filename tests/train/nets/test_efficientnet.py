from __future__ import annotations

import pytest
import torch

from train.nets.efficientnet import EfficientNet

# torchvision 0.28, models.efficientnet_b*(): parameters with 1000 classes, and names by position.
PARAMETERS = {(1.0, 1.0): 5_288_548, (1.0, 1.1): 7_794_184, (1.1, 1.2): 9_109_994}


@pytest.mark.parametrize(("multipliers", "parameters"), PARAMETERS.items())
def test_b0_to_b2_have_as_many_parameters_as_torchvisions(
    multipliers: tuple[float, float], parameters: int
) -> None:
    width, depth = multipliers
    net = EfficientNet(outputs=1000, width=width, depth=depth)
    assert sum(value.numel() for value in net.parameters()) == parameters


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("features.0.0.weight", (32, 3, 3, 3)),
        ("features.1.0.block.1.fc1.weight", (8, 32, 1, 1)),
        ("features.2.1.block.1.0.weight", (144, 1, 3, 3)),
        ("features.3.0.block.1.1.running_var", (144,)),
        ("features.7.0.block.3.0.weight", (320, 1152, 1, 1)),
        ("features.8.1.num_batches_tracked", ()),
        ("classifier.1.weight", (1000, 1280)),
    ],
)
def test_tensors_are_named_as_in_torchvision(name: str, shape: tuple[int, ...]) -> None:
    assert EfficientNet(outputs=1000).state_dict()[name].shape == shape


@pytest.mark.parametrize(("size", "channels"), [(48, 1), (112, 3), (65, 3)])
def test_input_size_and_channels_are_free(size: int, channels: int) -> None:
    net = EfficientNet(outputs=7, channels=channels).eval()
    assert net(torch.zeros(1, channels, size, size)).shape == (1, 7)
