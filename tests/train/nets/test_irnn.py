from __future__ import annotations

import pytest
import torch

from train.nets.irnn import Irnn


def test_before_it_has_learned_it_keeps_what_every_row_has_added() -> None:
    torch.manual_seed(0)
    net = Irnn(outputs=7, hidden=12).eval()
    assert net.row.bias is not None
    torch.nn.init.constant_(net.row.bias, 10.0)  # so that no unit ever is cut off at nought
    face = torch.rand(2, 1, 48, 48)
    with torch.no_grad():
        added = net.row(net.features(face)).sum((2, 3))
        assert net(face).numpy() == pytest.approx(net.classifier(added).numpy(), abs=1e-3)


def test_rows_are_read_from_the_top_down() -> None:
    torch.manual_seed(0)
    net = Irnn(outputs=7, hidden=12, identity=0.0).eval()  # which forgets all rows but the last
    face = torch.rand(2, 1, 48, 48)
    with torch.no_grad():
        bottom = net.row(net.features(face))[:, :, -1, 0]
        assert torch.equal(net(face), net.classifier(bottom.relu()))
