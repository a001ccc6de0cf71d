import factory

from sonora.chat.models import Thread, Turn
from sonora.chat.query import Query
from tests.factories.integrations import NOW
from tests.factories.workspaces import MembershipFactory


class ThreadFactory(factory.django.DjangoModelFactory[Thread]):
    class Meta:
        model = Thread

    owner = factory.SubFactory(MembershipFactory)
    workspace = factory.SelfAttribute("owner.workspace")
    title = "Which conversations?"
    created_at = updated_at = NOW


class TurnFactory(factory.django.DjangoModelFactory[Turn]):
    class Meta:
        model = Turn

    thread = factory.SubFactory(ThreadFactory)
    workspace = factory.SelfAttribute("thread.workspace")
    question = factory.SelfAttribute("thread.title")
    query = factory.LazyFunction(lambda: Query().as_json())
    at = NOW
