import factory

from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Canvas
from sonora.chat.query import Intent, Query
from tests.factories.integrations import NOW
from tests.factories.workspaces import MembershipFactory


class CanvasFactory(factory.django.DjangoModelFactory[Canvas]):
    class Meta:
        model = Canvas

    owner = factory.SubFactory(MembershipFactory)
    workspace = factory.SelfAttribute("owner.workspace")
    title = factory.Sequence(lambda n: f"Canvas {n}")
    created_at = updated_at = NOW


class BlockFactory(factory.django.DjangoModelFactory[Block]):
    class Meta:
        model = Block

    canvas = factory.SubFactory(CanvasFactory)
    workspace = factory.SelfAttribute("canvas.workspace")
    place = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Block {n}")
    kind = Kind.METRIC
    query = factory.LazyFunction(lambda: Query(intent=Intent.COUNT).as_json())
    updated_at = NOW
