"""`python -m sonora.probe [PATH]`: asks this container's web server for /healthz, under a name that it accepts."""

import http.client
import os
import sys

HOST, PORT, SECONDS = "127.0.0.1", 8000, 4


def main() -> int:
    """0 when the answer is 200. The port is `PORT`, 8000 without it."""
    connection = http.client.HTTPConnection(HOST, int(os.environ.get("PORT") or PORT), timeout=SECONDS)
    try:
        connection.request("GET", sys.argv[1] if len(sys.argv) > 1 else "/healthz", headers={"Host": _accepted_name()})
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _accepted_name() -> str:
    """The first of ALLOWED_HOSTS: Django refuses a request that names another host."""
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip()
    return first.removeprefix(".") if first not in {"", "*"} else "localhost"


if __name__ == "__main__":
    sys.exit(main())
