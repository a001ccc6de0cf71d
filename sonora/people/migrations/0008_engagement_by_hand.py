import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

LEVELS = [("high", "High"), ("medium", "Medium"), ("low", "Low"), ("none", "None")]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_contact_by_role"), ("workspaces", "0002_notices_seen")]

    operations = [
        migrations.CreateModel(
            name="EngagementChoice",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="engagement_choice",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("level", models.CharField(choices=LEVELS, max_length=6)),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        SameWorkspace("people_engagementchoice", "person_id", "people_person"),
    ]
