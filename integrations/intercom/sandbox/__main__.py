"""`python -m integrations.intercom.sandbox`: an Intercom on this machine."""

import sys

from integrations.intercom.sandbox.options import from_arguments, parser


def main() -> int:
    """Serve, or print the CSV of customers. Returns the exit code."""
    arguments = parser().parse_args()
    options = from_arguments(arguments)
    if arguments.customers_csv:
        from integrations.intercom.sandbox.world.customers import customers_csv

        sys.stdout.write(customers_csv(options))
        return 0
    from integrations.intercom.sandbox.server import serve

    return serve(options)


if __name__ == "__main__":
    sys.exit(main())
