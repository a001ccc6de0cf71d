from django.db import migrations

from integrations.held_totals import TOTALS
from sonora.conversations import naming
from sonora.core.row_rules import Follow
from sonora.core.triggers import RenewTriggers
from sonora.insights import analysed

KEPT = (*TOTALS, naming.TOTAL, analysed.TOTAL)


class Migration(migrations.Migration):
    """SQLite looks for the entry of a total once with each row, no longer twice."""

    dependencies = [
        ("integrations", "0018_how_many_were_put_again"),
        ("conversations", "0007_count_who_is_named"),
        ("insights", "0011_analysis_totals"),
    ]

    operations = [RenewTriggers(Follow([one for total in KEPT for one in total.triggers()]), vendor="sqlite")]
