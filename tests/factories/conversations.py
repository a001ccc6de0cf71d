from typing import Any

import factory

from sonora.conversations.models import (
    CompanyTag,
    ContactTag,
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    MessageTag,
    Tag,
    Teammate,
)
from tests.factories.integrations import NOW, ConnectionFactory


class TagFactory(factory.django.DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    connection = factory.SubFactory(ConnectionFactory)
    workspace = factory.SelfAttribute("connection.workspace")
    external_id = factory.Sequence(lambda n: f"tag{n}")
    name = factory.Sequence(lambda n: f"Tag {n}")
    fetched_at = NOW


class TeammateFactory(factory.django.DjangoModelFactory[Teammate]):
    class Meta:
        model = Teammate

    connection = factory.SubFactory(ConnectionFactory)
    workspace = factory.SelfAttribute("connection.workspace")
    external_id = factory.Sequence(lambda n: f"teammate{n}")
    name = factory.Sequence(lambda n: f"Teammate {n}")
    fetched_at = NOW


class ConversationFactory(factory.django.DjangoModelFactory[Conversation]):
    class Meta:
        model = Conversation

    connection = factory.SubFactory(ConnectionFactory)
    workspace = factory.SelfAttribute("connection.workspace")
    external_id = factory.Sequence(lambda n: f"conversation{n}")
    title = factory.Sequence(lambda n: f"Conversation {n}")
    state = Conversation.State.OPEN
    open = True
    created_at = NOW
    updated_at = factory.Sequence(lambda n: NOW + n)
    fetched_at = NOW


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    class Meta:
        model = Message

    conversation = factory.SubFactory(ConversationFactory)
    workspace = factory.SelfAttribute("conversation.workspace")
    connection = factory.SelfAttribute("conversation.connection")
    external_id = factory.Sequence(lambda n: f"part{n}")
    origin = Message.Origin.PART
    kind = "comment"
    author_type = "user"
    author_name = "Ines Kovač"
    text = "The last invoice lists euro and krona on the same page."
    html = factory.LazyAttribute(lambda one: f"<p>{one.text}</p>")
    created_at = factory.Sequence(lambda n: NOW + n)


class ConversationContactFactory(factory.django.DjangoModelFactory[ConversationContact]):
    class Meta:
        model = ConversationContact

    conversation = factory.SubFactory(ConversationFactory)
    workspace = factory.SelfAttribute("conversation.workspace")


class ConversationTagFactory(factory.django.DjangoModelFactory[ConversationTag]):
    class Meta:
        model = ConversationTag

    conversation = factory.SubFactory(ConversationFactory)
    workspace = factory.SelfAttribute("conversation.workspace")

    @classmethod
    def _create(cls, model_class: type[ConversationTag], *args: Any, **kwargs: Any) -> ConversationTag:
        """As the store does, which says on the conversation that it has tags."""
        link = super()._create(model_class, *args, **kwargs)
        Conversation.objects.filter(pk=link.conversation_id).update(untagged=False)
        return link


class MessageTagFactory(factory.django.DjangoModelFactory[MessageTag]):
    class Meta:
        model = MessageTag

    message = factory.SubFactory(MessageFactory)
    workspace = factory.SelfAttribute("message.workspace")


class ContactTagFactory(factory.django.DjangoModelFactory[ContactTag]):
    class Meta:
        model = ContactTag

    workspace = factory.SelfAttribute("contact.workspace")


class CompanyTagFactory(factory.django.DjangoModelFactory[CompanyTag]):
    class Meta:
        model = CompanyTag

    workspace = factory.SelfAttribute("company.workspace")
