"""`python -m sonora.demo`: see `bin/demo`."""

import sys

from sonora.demo import launcher, options

if __name__ == "__main__":
    sys.exit(launcher.run(options.parse(sys.argv[1:]), options.data_dir()))
