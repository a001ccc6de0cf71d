"""A process that reads conversations as a slice does: `python -m tests.sync.reading_process URL REDIS_URL ID…`."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.conf import settings  # noqa: E402

from integrations.providers import Access, provider_named  # noqa: E402
from integrations.sync.budget import Budget, Terms  # noqa: E402
from integrations.sync.budget.alone import Alone  # noqa: E402
from integrations.sync.budget.here import Windows  # noqa: E402
from integrations.sync.budget.shared import Shared  # noqa: E402
from integrations.sync.wire import Wire  # noqa: E402
from sonora.core.secret import SecretStr  # noqa: E402


def main(url: str, redis_url: str, *ids: str) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [url]
    access = Access(token=SecretStr(os.environ["INTERCOM_TOKEN"]), base_url=url)
    budget = Budget(Shared(redis_url, "us:app1", Terms(share=1.0), Alone(Windows())), patience=30.0)
    with (
        Wire(provider_named("intercom"), access, budget) as wire,
        wire.each(ids, lambda source, one: source.conversation(one)) as lots,
    ):
        sys.stdout.write(f"{sum(len(lot) for lot in lots)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
