"""Who is signed in: Django's own way, except that a person is read together with their memberships."""

from django.contrib.auth.backends import ModelBackend

from sonora.workspaces import current
from sonora.workspaces.models import User


class WithMemberships(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """The person of a session, with one question, since every request needs both; None for who may not sign in."""
        mine = current.memberships(user_id)
        if not mine:
            return super().get_user(user_id)
        user = mine[0].user
        user.read_with = mine
        return user if self.user_can_authenticate(user) else None
