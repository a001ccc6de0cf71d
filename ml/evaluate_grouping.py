"""How well requests are grouped and found, on the development sets: `python -m ml.evaluate_grouping`.

It prints B-cubed F1 (Bagga and Baldwin) of the groups, for all requests at once and one after the other, how many of
the pairs of groups that are suggested to a person are right, and F1 of a search for each of several names of a topic.
Needs no more than the product does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from sonora.insights.embedding import Floats, sentence_encoder
from sonora.insights.grouping import Meaning, Said, asked, clusters, default_vocabulary
from sonora.insights.grouping.likely import NAMED
from sonora.insights.vectors import medoid

SETS = Path(__file__).parent / "dev"
ORDERS = 10  # in which requests come one after the other

Labelled = tuple[list[str], list[str]]  # texts, topics


def requests(name: str) -> Labelled:
    """The requests in the development set *name*, below the topics that they ask for."""
    texts, topics, topic = [], [], ""
    for line in (SETS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            topic = line[2:]
        elif line:
            texts.append(line)
            topics.append(topic)
    return texts, topics


def half(labelled: Labelled, number: int) -> Labelled:
    """Every other topic, from the first (0: what is tuned, on it) or the second (1: what is told)."""
    wanted = set(sorted(set(labelled[1]))[number::2])
    kept = [(text, topic) for text, topic in zip(*labelled, strict=True) if topic in wanted]
    return [text for text, _ in kept], [topic for _, topic in kept]


def b_cubed(groups: Sequence[object], topics: Sequence[str]) -> float:
    sizes, wanted = Counter(groups), Counter(topics)
    both = Counter(zip(groups, topics, strict=True))
    pairs = list(zip(groups, topics, strict=True))
    precision = sum(both[pair] / sizes[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / wanted[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def one_by_one(vectors: Floats, *, least: float) -> list[int]:
    """Each joins the group with the best mean cosine, as messages come in."""
    sums, sizes, groups = np.zeros_like(vectors), np.ones(len(vectors)), []
    count = 0
    for vector in vectors:
        means = (sums[:count] @ vector) / sizes[:count]
        best = int(np.argmax(means)) if count else 0
        if not count or means[best] < least:
            best, count = count, count + 1
            sizes[best] = 0
        sums[best] += vector
        sizes[best] += 1
        groups.append(best)
    return groups


def suggested(vectors: Floats, labelled: Labelled, *, of_cosine: bool) -> list[bool]:
    """Of pairs of groups that are suggested, in all orders together, whether both are mostly of one topic.

    *of_cosine*: of all that are as much alike as those need to be that name one thing.
    """
    return [right for seed in range(ORDERS) for right in _suggested(vectors, labelled, seed, of_cosine=of_cosine)]


def _suggested(vectors: Floats, labelled: Labelled, seed: int, *, of_cosine: bool) -> Iterable[bool]:
    order = np.random.default_rng(seed).permutation(len(vectors))
    members = defaultdict(list)
    for row, group in zip(order, one_by_one(vectors[order], least=Meaning.alike), strict=True):
        members[group].append(row)
    groups = list(members.values())
    said = [Said(labelled[0][rows[medoid(vectors[rows])]], default_vocabulary()) for rows in groups]
    topics = [Counter(labelled[1][row] for row in rows).most_common(1)[0][0] for rows in groups]
    means = np.stack([vectors[rows].mean(axis=0) for rows in groups])
    for one, other in zip(*np.nonzero(np.triu(means @ means.T >= NAMED, k=1)), strict=True):
        if of_cosine or said[one].may_be(said[other], float(means[one] @ means[other])):
            yield topics[one] == topics[other]


def _right(pairs: Sequence[bool]) -> str:
    return f"{sum(pairs)} of {len(pairs)} right"


def searched(meaning: Meaning, labelled: Labelled, *, least: float) -> float:
    """The mean F1 of all queries whose topic is there."""
    texts, topics = labelled
    vectors = meaning.vectors(texts)
    scores = [
        f1(vectors @ vector >= least, [topic == wanted for topic in topics])
        for wanted, names in queries().items()
        if wanted in topics
        for vector in meaning.vectors(names)
    ]
    return float(np.mean(scores))


def f1(found: Iterable[bool], wanted: Iterable[bool]) -> float:
    counts = Counter(zip(map(bool, found), wanted, strict=True))
    return 2 * counts[True, True] / (2 * counts[True, True] + counts[True, False] + counts[False, True])


def queries() -> dict[str, list[str]]:
    lines = (SETS / "queries.txt").read_text(encoding="utf-8").splitlines()
    found = defaultdict(list)
    for topic, _, names in (line.partition(": ") for line in lines):
        found[topic] += names.split(", ")
    return found


def main() -> None:
    model = sentence_encoder()
    meaning = Meaning(model)
    whole = requests("requests.txt")
    sets = {"tuned on": half(whole, 0), "the other half": half(whole, 1), "both": whole}
    sets["held out"] = requests("requests_held_out.txt")
    sets["long"] = requests("requests_long.txt")
    for name, labelled in sets.items():
        texts, topics = labelled
        vectors, plain = meaning.vectors(texts), model.vectors(texts)
        stripped = model.vectors([asked(text) for text in texts])
        print(f"{name}: {len(texts)} requests, {len(set(topics))} topics")
        print(f"  all at once        {b_cubed(clusters(vectors, least=meaning.alike), topics):.3f}")
        print(f"  one by one         {np.mean(list(_in_orders(vectors, topics, meaning.alike))):.3f}")
        print(f"  suggested pairs    {_right(suggested(vectors, labelled, of_cosine=False))}")
        print(f"  by cosine alone    {_right(suggested(vectors, labelled, of_cosine=True))}")
        print(f"  only stripped      {_best(stripped, topics):.3f} at its best threshold here")
        print(f"  only the sentence  {_best(plain, topics):.3f} at its best threshold here")
        if name not in {"held out", "long"}:
            print(f"  search             {searched(meaning, labelled, least=meaning.found):.3f}")


def _in_orders(vectors: Floats, topics: Sequence[str], least: float) -> Iterable[float]:
    for seed in range(ORDERS):
        order = np.random.default_rng(seed).permutation(len(topics))
        yield b_cubed(one_by_one(vectors[order], least=least), [topics[at] for at in order])


def _best(vectors: Floats, topics: Sequence[str]) -> float:
    return max(b_cubed(clusters(vectors, least=least), topics) for least in np.arange(0.2, 0.6, 0.05))


if __name__ == "__main__":
    main()
