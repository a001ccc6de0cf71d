import django.db.models.deletion
from django.db import migrations, models

from sonora.core.fulltext import IndexWords
from sonora.core.triggers import SameWorkspace
from sonora.insights.dues import MarkDue

# child table, its column, parent table
PAIRS = [
    ("insights_featurerequest", "merged_into_id", "insights_featurerequest"),
    ("insights_evidence", "message_id", "conversations_message"),
    ("insights_evidence", "conversation_id", "conversations_conversation"),
    ("insights_evidence", "request_id", "insights_featurerequest"),
    ("insights_likeness", "first_id", "insights_featurerequest"),
    ("insights_likeness", "second_id", "insights_featurerequest"),
    ("insights_requestdecision", "request_id", "insights_featurerequest"),
    ("insights_requestdecision", "other_id", "insights_featurerequest"),
    ("insights_requestchange", "decision_id", "insights_requestdecision"),
    ("insights_requestchange", "request_id", "insights_featurerequest"),
    ("insights_requestchange", "evidence_id", "insights_evidence"),
]
INDEXED = {"insights_featurerequest": ("title", "edited_title"), "insights_evidence": ("quote",)}


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0004_index_words_faster"),
        ("insights", "0002_conversations_held"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("request_id", models.BigIntegerField()),
                ("words", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Aliases",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("names", models.JSONField(default=list)),
                ("by", models.CharField(blank=True, max_length=254)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FeatureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=200)),
                ("edited_title", models.CharField(blank=True, max_length=200)),
                ("quote", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("under_review", "Under review"),
                            ("planned", "Planned"),
                            ("shipped", "Shipped"),
                            ("not_planned", "Not planned"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("dismissed", models.BooleanField(default=False)),
                ("vector", models.BinaryField(default=b"")),
                ("version", models.BigIntegerField(default=0)),
                ("created_at", models.BigIntegerField()),
                ("customers", models.IntegerField(default=0)),
                ("people", models.IntegerField(default=0)),
                ("mentions", models.IntegerField(default=0)),
                ("arr", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("last_asked_at", models.BigIntegerField(default=0)),
                ("weeks", models.JSONField(default=dict)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="insights.featurerequest",
                    ),
                ),
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
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quote", models.TextField()),
                ("probability", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("certain", "Certain"),
                            ("to_check", "To check"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=254)),
                ("moved_by", models.CharField(blank=True, max_length=254)),
                ("vector", models.BinaryField(default=b"")),
                ("encoder", models.CharField(blank=True, max_length=80)),
                ("noted_at", models.BigIntegerField()),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="conversations.message"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="insights.featurerequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grouping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.BigIntegerField(default=0)),
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
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                ("refused_by", models.CharField(blank=True, max_length=254)),
                ("refused_at", models.BigIntegerField(null=True)),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="insights.featurerequest",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="insights.featurerequest"
                    ),
                ),
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
        migrations.CreateModel(
            name="RequestDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rename", "Renamed"),
                            ("status", "Status changed"),
                            ("merge", "Merged"),
                            ("split", "Quotes split off"),
                            ("move", "Quotes moved"),
                            ("dismiss", "Not a request"),
                            ("restore", "Taken up again"),
                            ("accept_quotes", "Quotes accepted"),
                            ("dismiss_quotes", "Quotes dismissed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=250)),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                ("undone_by", models.CharField(blank=True, max_length=254)),
                ("undone_at", models.BigIntegerField(null=True)),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="insights.featurerequest",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="insights.featurerequest",
                    ),
                ),
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
        migrations.CreateModel(
            name="RequestChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="insights.evidence"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="insights.featurerequest",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="insights.requestdecision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="featurerequest",
            index=models.Index(
                fields=["workspace", "-customers", "-people", "-mentions", "-id"], name="request_by_customers"
            ),
        ),
        migrations.AddIndex(
            model_name="featurerequest",
            index=models.Index(fields=["workspace", "version"], name="request_by_version"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["request", "state"], name="evidence_by_request"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("state", "to_check")),
                fields=["workspace", "-probability", "-id"],
                name="evidence_to_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="grouping",
            constraint=models.UniqueConstraint(fields=("workspace",), name="grouping_once_per_workspace"),
        ),
        migrations.AddIndex(
            model_name="likeness",
            index=models.Index(fields=["workspace", "-score", "-id"], name="likeness_by_score"),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
        ),
        migrations.AddIndex(
            model_name="requestdecision",
            index=models.Index(fields=["workspace", "-at", "-id"], name="request_decision_by_time"),
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
        MarkDue(),
        *(IndexWords(table, *of) for table, of in INDEXED.items()),
    ]
