"""The nets that `contract.net` can name: `slim`, or with options `slim:dropout=0.3,depth=3`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from torch import nn

from train.contract import Contract, ContractError
from train.nets.dense import Dense
from train.nets.densenet import DenseNet
from train.nets.efficientnet import EfficientNet
from train.nets.irnn import Irnn
from train.nets.landmark_geometry import LANDMARKS_CREDIT, LandmarkGeometry
from train.nets.mobilenet_v2 import MobileNetV2
from train.nets.mobilenet_v3 import MobileNetV3
from train.nets.net import Net, Option
from train.nets.plain import slim, wide
from train.nets.resnet import ResNet
from train.nets.tuned_cnn import TunedCnn
from train.nets.vgg import Vgg
from train.nets.xception import Xception

# https://github.com/tensorflow/tpu/blob/master/models/official/efficientnet/efficientnet_builder.py
# and, for weights that come from there, what torchvision adds to the batch norms' variances.
_EFFICIENTNETS = {
    "efficientnet-b0": (1.0, 1.0, 0.2, 1e-5),
    "efficientnet-b1": (1.0, 1.1, 0.2, 1e-5),
    "efficientnet-b2": (1.1, 1.2, 0.3, 1e-5),
    "efficientnet-b3": (1.2, 1.4, 0.3, 1e-5),
    "efficientnet-b4": (1.4, 1.8, 0.4, 1e-5),
    "efficientnet-b5": (1.6, 2.2, 0.4, 1e-3),
    "efficientnet-b6": (1.8, 2.6, 0.5, 1e-3),
    "efficientnet-b7": (2.0, 3.1, 0.5, 1e-3),
}
_UNGROUPED = {"bottleneck": False, "groups": 1, "group_width": 64}
_RESNETS: dict[str, Mapping[str, object]] = {
    "resnet18": {"depths": (2, 2, 2, 2), **_UNGROUPED},
    "resnet34": {"depths": (3, 4, 6, 3), **_UNGROUPED},
    "resnet50": {"depths": (3, 4, 6, 3), "bottleneck": True},
    "resnet101": {"depths": (3, 4, 23, 3), "bottleneck": True},
    "resnext50-32x4d": {
        "depths": (3, 4, 6, 3),
        "bottleneck": True,
        "groups": 32,
        "group_width": 4,
    },
    "resnext101-32x8d": {
        "depths": (3, 4, 23, 3),
        "bottleneck": True,
        "groups": 32,
        "group_width": 8,
    },
}
NETS: dict[str, Net] = {
    "dense": Net(Dense),
    "densenet121": Net(DenseNet),
    **{
        name: Net(
            EfficientNet, {"width": width, "depth": depth, "norm_eps": eps}, {"dropout": dropout}
        )
        for name, (width, depth, dropout, eps) in _EFFICIENTNETS.items()
    },
    "irnn": Net(Irnn),
    "landmark-geometry": Net(LandmarkGeometry, credit=LANDMARKS_CREDIT),
    "mobilenet-v2": Net(MobileNetV2),
    "mobilenet-v3-large": Net(MobileNetV3, {"large": True}),
    "mobilenet-v3-small": Net(MobileNetV3, {"large": False}),
    **{name: Net(ResNet, shape) for name, shape in _RESNETS.items()},
    "slim": Net(slim),
    "tuned-cnn": Net(TunedCnn),
    "vgg13": Net(Vgg),
    "wide": Net(wide),
    "xception": Net(Xception),
}


def build_net(contract: Contract) -> nn.Module:
    """The untrained net that a contract describes."""
    name, options = read_net(contract.net)
    spec = contract.input
    try:
        return NETS[name].build(outputs=contract.outputs, channels=spec.depth, spec=spec, **options)
    except (ValueError, ArithmeticError, RuntimeError) as error:  # torch's, of such options
        raise ContractError(f"net {contract.net!r}: cannot be built ({error})") from error


def read_net(text: str) -> tuple[str, dict[str, Option]]:
    """A net's name and its options, each in the type that the net wants."""
    name, _, rest = text.partition(":")
    if name not in NETS:
        raise ContractError(f"net is {text!r}, not one of {', '.join(sorted(NETS))}")
    known = NETS[name].options()
    found: dict[str, Option] = {}
    for part in rest.split(",") if rest else ():
        key, _, value = part.partition("=")
        if key not in known:
            can = ", ".join(known) or "none"
            raise ContractError(f"net {text!r}: has no option {key!r}; {name} has {can}")
        try:
            found[key] = _from_nought(known[key](value))
        except ValueError as error:
            raise ContractError(f"net {text!r}: {key} is {value!r} ({error})") from error
    return name, found


def credit_of(text: str) -> str:
    """Who made what a net holds beside its own weights; nothing is known of an "onnx" net."""
    net = NETS.get(text.partition(":")[0])
    return net.credit if net else ""


def _from_nought(value: Option) -> Option:
    if not isinstance(value, str) and not 0 <= value < math.inf:
        raise ValueError("it must be a number from 0")
    return value


def net_text(name: str, options: Mapping[str, Option]) -> str:
    """The other way round, in one spelling whatever the order."""
    pairs = ",".join(f"{key}={value}" for key, value in sorted(options.items()))
    return f"{name}:{pairs}" if pairs else name
