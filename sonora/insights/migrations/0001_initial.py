import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("insights_analysis", "conversation_id", "conversations_conversation"),
    ("insights_analysis", "connection_id", "integrations_connection"),
    ("insights_turn", "connection_id", "integrations_connection"),
    ("insights_messagereading", "message_id", "conversations_message"),
    ("insights_conversationsentiment", "conversation_id", "conversations_conversation"),
    ("insights_conversationsentiment", "message_id", "conversations_message"),
    ("insights_correction", "conversation_id", "conversations_conversation"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0004_index_words_faster"),
        ("integrations", "0011_what_is_analysed"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sentiment_correction",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("negative", "Negative"),
                            ("neutral", "Neutral"),
                            ("positive", "Positive"),
                            ("mixed", "Mixed"),
                            ("unsure", "Unsure"),
                            ("none", "Not enough text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=254)),
                ("by_name", models.CharField(max_length=254)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MessageReading",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="conversations.message",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        choices=[("negative", "Negative"), ("neutral", "Neutral"), ("positive", "Positive")],
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField(null=True)),
                ("confidence", models.FloatField(null=True)),
                ("sentence", models.TextField(blank=True)),
                ("request", models.FloatField(null=True)),
                ("quote", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=12)),
                (
                    "not_read",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_words", "No words of their own"),
                            ("automatic", "Sent by a machine"),
                            ("redacted", "Removed in Intercom"),
                        ],
                        max_length=12,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("reader", models.CharField(max_length=120)),
                ("analysed_at", models.BigIntegerField()),
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
            name="Turn",
            fields=[
                (
                    "connection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="analysis_turn",
                        serialize=False,
                        to="integrations.connection",
                    ),
                ),
                ("served_at", models.BigIntegerField(default=0)),
                ("held_until", models.BigIntegerField(default=0)),
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
            name="Analysis",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="analysis",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("changes", models.IntegerField(default=0)),
                ("changed_at", models.BigIntegerField(default=0)),
                ("sentiment_by", models.CharField(blank=True, max_length=120)),
                ("requests_by", models.CharField(blank=True, max_length=120)),
                (
                    "connection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="integrations.connection",
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
            options={
                "indexes": [
                    models.Index(fields=["connection", "sentiment_by", "-changed_at"], name="analysis_sentiment_due"),
                    models.Index(fields=["connection", "requests_by", "-changed_at"], name="analysis_requests_due"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationSentiment",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sentiment",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("negative", "Negative"),
                            ("neutral", "Neutral"),
                            ("positive", "Positive"),
                            ("mixed", "Mixed"),
                            ("unsure", "Unsure"),
                            ("none", "Not enough text"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("negative", "Negative"),
                            ("neutral", "Neutral"),
                            ("positive", "Positive"),
                            ("mixed", "Mixed"),
                            ("unsure", "Unsure"),
                            ("none", "Not enough text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField(null=True)),
                ("confidence", models.FloatField(null=True)),
                ("messages", models.IntegerField(default=0)),
                ("sentence", models.TextField(blank=True)),
                ("at", models.BigIntegerField()),
                ("reader", models.CharField(max_length=120)),
                ("analysed_at", models.BigIntegerField()),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
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
            options={
                "indexes": [models.Index(fields=["workspace", "label", "-at"], name="sentiment_by_label_and_time")],
            },
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
    ]
