from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from face_detect.command import InputError
from train.contract import Contract
from train.data import open_dataset
from train.draws import Worker
from train.epoch import Epoch
from train.fit import DivergedError, fit, predict
from train.optimize import optimizer_for, schedule_for
from train.options import Augment, FitOptions, Optimizer, Schedule
from train.resume import BEGUN, BEST, LAST
from train.samples import Samples, load_samples

OPTIONS = FitOptions(
    epochs=3,
    batch=8,
    ema=0.9,
    balance=0.5,
    accumulate=2,
    strangers=0.25,
    augment=Augment(noise=0.1, blur=0.2, jpeg=0.2, mixup=0.3, cutmix=0.3),
)


class TinyNet(nn.Module):
    """Dropout and batch norm, so that every kind of state is there."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Sequential(nn.Conv2d(1, 4, 3, 2), nn.BatchNorm2d(4), nn.ReLU()),
            nn.Sequential(nn.Conv2d(4, 4, 3, 2), nn.BatchNorm2d(4), nn.ReLU()),
        )
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(4, 2))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.features(x).mean((2, 3)))
        return logits


@pytest.fixture
def samples(contract: Contract, dataset: Path) -> Samples:
    return load_samples(open_dataset(dataset, "train").records, contract)[0]


def fitted(
    contract: Contract,
    samples: Samples,
    folder: Path,
    options: FitOptions = OPTIONS,
    stop_after: int | None = None,
    stop_at_step: int | None = None,
) -> tuple[dict[str, Tensor], list[Epoch]]:
    """A net's weights after a run, which may be killed before it remembers some epoch or step."""
    folder.mkdir(exist_ok=True)
    torch.manual_seed(0)
    net = TinyNet()

    def on_epoch(epoch: Epoch) -> None:
        if epoch.number + 1 == stop_after:
            raise KeyboardInterrupt

    def on_step(done: int, total: int) -> None:
        if done == stop_at_step:
            raise KeyboardInterrupt

    history = fit(
        net,
        contract,
        samples,
        samples,
        options=options,
        folder=folder,
        on_epoch=on_epoch,
        on_step=on_step,
        save_every_s=0,
    )
    return dict(net.state_dict()), history


def equal(first: dict[str, Tensor], second: dict[str, Tensor]) -> bool:
    return all(torch.equal(first[key], second[key]) for key in first)


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_a_run_taken_up_again_ends_bit_for_bit_as_one_that_was_never_broken(
    contract: Contract, samples: Samples, tmp_path: Path, optimizer: Optimizer
) -> None:
    options = dataclasses.replace(OPTIONS, optimizer=optimizer)
    with pytest.raises(KeyboardInterrupt):
        fitted(contract, samples, tmp_path / "broken", options, stop_after=2)
    resumed, _ = fitted(contract, samples, tmp_path / "broken", options)
    unbroken, _ = fitted(contract, samples, tmp_path / "whole", options)
    assert equal(resumed, unbroken)


@pytest.mark.parametrize("step", [1, 3, 5, 6, 8, 10])
def test_a_run_killed_within_an_epoch_goes_on_from_there_to_the_same_end(
    contract: Contract, samples: Samples, tmp_path: Path, step: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        fitted(contract, samples, tmp_path / "broken", stop_at_step=step)
    left = tmp_path / "broken" / BEGUN
    begun = torch.load(left, weights_only=True)["begun"] if left.exists() else {}
    resumed, history = fitted(contract, samples, tmp_path / "broken")
    unbroken, expected = fitted(contract, samples, tmp_path / "whole")
    assert begun.get("steps", 0) == (step - 1) % 5 // 2 * 2  # two batches make a step of five
    assert equal(resumed, unbroken)
    assert [epoch.loss for epoch in history] == [epoch.loss for epoch in expected]


def test_an_epoch_that_another_number_of_processes_began_is_begun_anew(
    contract: Contract, samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = dataclasses.replace(OPTIONS, batch=4)
    with monkeypatch.context() as two:
        as_one_of_two(two)
        with pytest.raises(KeyboardInterrupt):
            fitted(contract, samples, tmp_path / "broken", options, stop_at_step=4)
    assert (tmp_path / "broken" / BEGUN).exists()
    resumed, _ = fitted(contract, samples, tmp_path / "broken", options)
    unbroken, _ = fitted(contract, samples, tmp_path / "whole", options)
    assert equal(resumed, unbroken)


def as_one_of_two(patch: pytest.MonkeyPatch) -> None:
    for place in ("fit", "fitting"):
        patch.setattr(f"train.{place}.worker_of", lambda fabric: Worker(number=0, count=2))


@pytest.mark.parametrize("schedule", ["onecycle", "cosine", "step"])
def test_after_epochs_of_another_number_of_processes_the_rate_is_that_of_this_one(
    contract: Contract,
    samples: Samples,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    schedule: Schedule,
) -> None:
    options = dataclasses.replace(OPTIONS, batch=4, schedule=schedule)
    with monkeypatch.context() as two:
        as_one_of_two(two)
        with pytest.raises(KeyboardInterrupt):
            fitted(contract, samples, tmp_path / "broken", options, stop_after=2)
    _, resumed = fitted(contract, samples, tmp_path / "broken", options)
    _, unbroken = fitted(contract, samples, tmp_path / "whole", options)
    assert [epoch.rate for epoch in resumed[1:]] == [epoch.rate for epoch in unbroken[1:]]


def test_two_runs_with_one_seed_are_equal(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    first, _ = fitted(contract, samples, tmp_path / "first")
    second, _ = fitted(contract, samples, tmp_path / "second")
    assert equal(first, second)


def test_another_seed_gives_another_net(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    first, _ = fitted(contract, samples, tmp_path / "first")
    other = dataclasses.replace(OPTIONS, seed=1)
    second, _ = fitted(contract, samples, tmp_path / "second", other)
    assert not equal(first, second)


def test_killed_between_its_two_files_an_epoch_is_run_again_to_the_same_end(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        fitted(contract, samples, tmp_path / "broken", stop_after=2)
    before = (tmp_path / "broken" / LAST).read_bytes()
    with pytest.raises(KeyboardInterrupt):
        fitted(contract, samples, tmp_path / "broken", stop_after=3)
    (tmp_path / "broken" / LAST).write_bytes(before)
    resumed, _ = fitted(contract, samples, tmp_path / "broken")
    unbroken, _ = fitted(contract, samples, tmp_path / "whole")
    assert equal(resumed, unbroken)


def test_the_net_ends_with_its_best_epoch_and_not_its_last(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    options = dataclasses.replace(OPTIONS, epochs=6, choose_by="loss", ema=0.0)
    weights, history = fitted(contract, samples, tmp_path / "run", options)
    best = min(history, key=lambda epoch: epoch.valid_loss)
    net = TinyNet()
    net.load_state_dict(weights)
    logits = predict(net, contract, samples)
    loss = nn.functional.cross_entropy(logits, samples.targets).item()
    assert loss == pytest.approx(best.valid_loss, abs=1e-6)


def test_without_gain_a_run_stops_early(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    options = dataclasses.replace(OPTIONS, epochs=50, rate=0.0, schedule="constant", patience=2)
    _, history = fitted(contract, samples, tmp_path / "run", options)
    assert len(history) <= 4


def test_frozen_layers_keep_every_number(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    before = TinyNet().state_dict()
    options = dataclasses.replace(OPTIONS, freeze=1)
    after, _ = fitted(contract, samples, tmp_path / "run", options)
    assert all(torch.equal(before[key], after[key]) for key in before if "features.0." in key)
    assert not torch.equal(before["features.1.0.weight"], after["features.1.0.weight"])


def test_a_checkpoint_of_other_settings_is_not_taken_up(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    fitted(contract, samples, tmp_path / "run")
    with pytest.raises(InputError, match="a run with other data or settings"):
        fitted(contract, samples, tmp_path / "run", dataclasses.replace(OPTIONS, batch=16))


def test_a_damaged_checkpoint_is_named(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    fitted(contract, samples, tmp_path / "run")
    (tmp_path / "run" / LAST).write_bytes(b"PK damaged")
    with pytest.raises(InputError, match=r"last\.pt: is damaged; remove it to start anew"):
        fitted(contract, samples, tmp_path / "run")


def test_a_batch_larger_than_the_data_is_refused(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="40 pictures to train on are less than a batch of 64"):
        fitted(contract, samples, tmp_path / "run", dataclasses.replace(OPTIONS, batch=64))


def test_a_teacher_without_a_share_of_the_loss_is_refused(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="needs both"):
        fit(
            TinyNet(),
            contract,
            samples,
            samples,
            options=OPTIONS,
            folder=tmp_path,
            teachers=[TinyNet()],
        )


def test_a_pupil_comes_to_answer_as_its_teacher_against_the_labels(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    torch.manual_seed(1)
    teacher, pupil = TinyNet(), TinyNet()
    fit(teacher, contract, samples, samples, options=_long(), folder=_made(tmp_path / "teacher"))
    wrong = dataclasses.replace(samples, targets=1 - samples.targets)
    fit(
        pupil,
        contract,
        wrong,
        wrong,
        options=dataclasses.replace(_long(), distil=1.0, choose_by="loss", patience=0),
        folder=_made(tmp_path / "pupil"),
        teachers=[teacher],
    )
    last = torch.load(tmp_path / "pupil" / LAST, weights_only=True)["net"]
    pupil.load_state_dict(last)
    answers = [predict(net, contract, samples).argmax(1) for net in (teacher, pupil)]
    assert (answers[0] == answers[1]).float().mean() > 0.9


def _long() -> FitOptions:
    return FitOptions(epochs=12, batch=8, rate=0.02, augment=Augment(contrast=0, brightness=0))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_best_and_last_lie_in_the_run_s_folder(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    fitted(contract, samples, tmp_path / "run")
    assert {path.name for path in (tmp_path / "run").iterdir()} == {BEST, LAST}


def test_a_loss_that_is_no_number_ends_the_run_by_name(
    contract: Contract, samples: Samples, tmp_path: Path
) -> None:
    options = dataclasses.replace(OPTIONS, optimizer="sgd", rate=100.0, clip=0.0, weight_decay=10.0)
    with pytest.raises(DivergedError, match="choose a smaller --rate"):
        fitted(contract, dataclasses.replace(samples), tmp_path / "run", options)


@pytest.mark.parametrize("steps", range(1, 12))
def test_a_run_may_have_any_number_of_steps(steps: int) -> None:
    net = TinyNet()
    optimizer = optimizer_for(net.parameters(), OPTIONS)
    schedule = schedule_for(optimizer, OPTIONS, steps)
    for _ in range(steps):
        optimizer.step()
        schedule.step()
