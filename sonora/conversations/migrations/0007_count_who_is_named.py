from django.db import migrations

from sonora.conversations.naming import TOTAL
from sonora.core.running_totals import KeepTotals


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0006_what_filters_begin_with"),
        ("customers", "0009_company_totals"),
        ("integrations", "0001_initial"),
    ]

    operations = [KeepTotals(TOTAL)]
