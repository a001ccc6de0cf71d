"""`python -m ml.grammar --seed 1 --count 8000`: writes messages as JSON lines, to be looked at."""

import argparse
import dataclasses
import json
import sys

from ml.grammar.messages import messages

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--count", type=int, default=8_000)
arguments = parser.parse_args()
for message in messages(arguments.count, seed=arguments.seed):
    sys.stdout.write(json.dumps(dataclasses.asdict(message), ensure_ascii=False) + "\n")
