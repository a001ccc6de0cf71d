"""`bin/check` starts this."""

import sys

import runner

sys.exit(runner.main(sys.argv[1:]))
