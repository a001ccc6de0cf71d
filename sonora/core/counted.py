"""The number of rows of a query, as a column of another one."""

from django.db.models import Subquery


class Counted(Subquery):
    """How many rows a queryset has, which may be cut: in one statement with a query about something else."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    empty_result_set_value = 0
