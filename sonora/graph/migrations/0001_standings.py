import django.db.models.deletion
from django.db import migrations, models

from sonora.core.row_rules import Follow
from sonora.core.triggers import SameWorkspace
from sonora.graph.dues import EVERYBODY_NOW, RULES

LEVELS = [("high", "High"), ("medium", "Medium"), ("low", "Low"), ("none", "None")]
RHYTHMS = [("active", "Active"), ("quiet", "Gone quiet"), ("left", "Left")]
FEELINGS = [
    ("negative", "Negative"),
    ("neutral", "Neutral"),
    ("positive", "Positive"),
    ("mixed", "Mixed"),
    ("unsure", "Unsure"),
    ("none", "Not enough text"),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0004_index_words_faster"),
        ("insights", "0009_what_was_decided_stays"),
        ("integrations", "0016_what_no_search_told"),
        ("people", "0005_identities"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("workspace_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace_id", "id"], name="due_by_workspace"),
                    models.Index(fields=["person_id"], name="due_by_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonStanding",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("engagement", models.CharField(choices=LEVELS, max_length=6)),
                ("rhythm", models.CharField(choices=RHYTHMS, max_length=6)),
                ("silent_since", models.BigIntegerField(null=True)),
                ("is_champion", models.BooleanField(default=False)),
                ("strength", models.SmallIntegerField(default=0)),
                ("parts", models.JSONField(default=list)),
                ("felt", models.CharField(choices=FEELINGS, max_length=10)),
                ("felt_number", models.IntegerField(default=0)),
                ("direction", models.CharField(blank=True, max_length=7)),
                ("last_at", models.BigIntegerField(null=True)),
                ("again_at", models.BigIntegerField(null=True)),
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
            options={
                "indexes": [
                    models.Index(fields=["workspace", "engagement"], name="standing_by_engagement"),
                    models.Index(fields=["workspace", "rhythm", "silent_since"], name="standing_by_rhythm"),
                    models.Index(fields=["workspace", "is_champion"], name="standing_by_champion"),
                    models.Index(fields=["workspace", "again_at"], name="standing_due_again"),
                ],
            },
        ),
        SameWorkspace("graph_personstanding", "person_id", "people_person"),
        Follow(RULES),
        migrations.RunSQL(EVERYBODY_NOW, migrations.RunSQL.noop),
    ]
