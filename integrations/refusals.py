"""Why a connection could not be made or changed: each with a sentence for the user and the field it belongs to."""

from integrations.checks import CheckResult
from integrations.models import Connection


class Refused(Exception):
    """Nothing was stored. `field` is "token", "base_url" or ""; `result` the check behind it, if there was one.

    `a_person_can_correct_it` tells a wrong token, address or region from trouble that passes by itself.
    """

    a_person_can_correct_it = False

    def __init__(self, user_message: str, *, field: str = "", result: CheckResult | None = None) -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.field = field
        self.result = result


class CheckRefused(Refused):
    """The provider was asked, and with what it said no connection can be made."""

    result: CheckResult

    def __init__(self, result: CheckResult) -> None:
        super().__init__(result.sentence, field=result.field, result=result)
        self.a_person_can_correct_it = result.outcome in ("refused", "region_differs")


class OtherWorkspace(Refused):
    """The token opens another workspace of the provider than the one whose data is here."""

    a_person_can_correct_it = True


class AlreadyConnected(Refused):
    def __init__(self, connection: Connection, title: str) -> None:
        super().__init__(f"{title} is already connected.")
        self.connection = connection


class NotNow(Refused):
    """The connection is in a state in which this cannot be done; *a_person_must_act* before it can."""

    def __init__(self, user_message: str, *, a_person_must_act: bool = False) -> None:
        super().__init__(user_message)
        self.a_person_can_correct_it = a_person_must_act
