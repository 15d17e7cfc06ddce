"""Smoothing that has learned when to hold on and when to let go."""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn

from train.contract import Contract, Head, Sequence, State

LONGEST_GAP_S = 0.17
"""After so long without an answer a face is as good as new. No gap that a head learns from is
longer (`fit_head.RATES_HZ`), and beyond those it holds on for far too long."""
_SECONDS = 10.0
"""Of gaps, so that they are about as large as what stands beside them."""


class SequenceHead(nn.Module):
    """Answers of one face in, one after the other; steadier answers out.

    The answer is a mean of the one before and the new one, as in exponential smoothing, but how
    much of the old is kept is told anew each time by a GRU. It sees how alike the two are, how sure
    each is, and the time between; which labels they are it does not see, so that a few hundred
    pictures teach it, and it cannot learn to answer for the model.
    """

    def __init__(self, labels: int, units: int) -> None:
        super().__init__()
        self.labels, self.units = labels, units
        self.cell = nn.GRUCell(4, units)
        self.keep = nn.Linear(units, 1)

    def forward(self, said: Tensor, gaps_s: Tensor) -> Tensor:
        """Probabilities [N, T, K] for the model's [N, T, K] and the gaps before them [N, T].

        After a gap that is too long a face begins anew, as it does on the page.
        """
        answer = said.new_zeros(len(said), self.labels)
        memory = said.new_zeros(len(said), self.units)
        found = []
        near = (gaps_s <= LONGEST_GAP_S).float()
        gaps_s = gaps_s * near
        for new, gap_s, known in zip(said.unbind(1), gaps_s.unbind(1), near.unbind(1), strict=True):
            answer, memory = known[:, None] * answer, known[:, None] * memory
            alike = [(new * answer).sum(1), (new * new).sum(1), (answer * answer).sum(1)]
            memory = self.cell(torch.stack([*alike, _SECONDS * gap_s], dim=1), memory)
            # Nothing is kept of the zeroes before the first answer.
            kept = self.keep(memory).sigmoid() * answer.sum(1, keepdim=True)
            answer = new + kept * (answer - new)
            found.append(answer)
        return torch.stack(found, dim=1)

    def step(self) -> nn.Module:
        """One answer at a time, as the page runs it: a row in, a row out."""
        return _Step(self)

    def described(self, head: Head) -> Sequence:
        """What the contract says of it."""
        states = (("answer", self.labels), ("memory", self.units))
        return Sequence(
            head=head.name,
            states=tuple(State(name=name, shape=(size,), reset="face") for name, size in states),
            longest_gap_s=LONGEST_GAP_S,
        )

    @classmethod
    def of(cls, contract: Contract) -> SequenceHead | None:
        """The untrained head that a contract describes, if it does."""
        if contract.sequence is None:
            return None
        labels, units = (state.shape[0] for state in contract.sequence.states)
        return cls(labels, units)


class _Step(nn.Module):
    """The same over one row: new answer, gap, answer before, memory; out come the last two anew.

    Constant matrices pick columns out and put them together, so that the graph has one input and
    one output, and operators that every backend knows. A product is never added to something, but
    its negative subtracted: TF.js' converter would take the other for its bias.
    """

    def __init__(self, head: SequenceHead) -> None:
        super().__init__()
        labels, units = head.labels, head.units
        new, gap, before, memory = _columns(labels, 1, labels, units)
        self.minus_new, self.change = _picked(-new), _picked(before - new)
        self.held = _picked(before.sum(0).expand(labels, -1))
        self.one, self.other = _picked(new, new, before), _picked(before, new, before)
        alike = torch.eye(3).repeat_interleave(labels, dim=1)
        self.alike = _picked(alike, torch.zeros(1 + units, 3 * labels))
        self.minus_beside = _picked(torch.zeros(3, new.shape[1]), -_SECONDS * gap, -memory)
        seen, known = _columns(4, units)
        cell = head.cell
        fresh, old = cell.weight_ih.detach() @ seen, cell.weight_hh.detach() @ known
        fresh_bias, old_bias = cell.bias_ih.detach(), cell.bias_hh.detach()
        reset, stay, last = (slice(i * units, (i + 1) * units) for i in range(3))
        weights, bias = fresh + old, fresh_bias + old_bias
        self.reset, self.stay = (
            _linear(weights[reset], bias[reset]),
            _linear(weights[stay], bias[stay]),
        )
        self.fresh, self.old = (
            _linear(fresh[last], fresh_bias[last]),
            _linear(old[last], old_bias[last]),
        )
        self.known = _picked(known)
        keep = head.keep
        self.keep = _linear(
            keep.weight.detach().expand(labels, -1), keep.bias.detach().expand(labels)
        )
        answers, memories = _columns(labels, units)
        self.answers, self.minus_memories = _picked(answers.T), _picked(-memories.T)

    def forward(self, row: Tensor) -> Tensor:
        seen = self.alike(self.one(row) * self.other(row)) - self.minus_beside(row)
        fresh = torch.tanh(self.fresh(seen) + self.reset(seen).sigmoid() * self.old(seen))
        memory = fresh + self.stay(seen).sigmoid() * (self.known(seen) - fresh)
        kept = self.keep(memory).sigmoid() * self.held(row)
        answer = kept * self.change(row) - self.minus_new(row)
        states: Tensor = self.answers(answer) - self.minus_memories(memory)
        return states


def _columns(*sizes: int) -> list[Tensor]:
    """For parts of so many columns of a row, the matrices that pick them out."""
    whole, ends = torch.eye(sum(sizes)), itertools.accumulate(sizes)
    return [whole[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _picked(*weights: Tensor) -> nn.Linear:
    return _linear(torch.cat(weights))


def _linear(weights: Tensor, bias: Tensor | None = None) -> nn.Linear:
    layer = nn.Linear(weights.shape[1], weights.shape[0], bias=bias is not None)
    with torch.no_grad():
        layer.weight.copy_(weights)
        if bias is not None:
            layer.bias.copy_(bias)
    return layer
