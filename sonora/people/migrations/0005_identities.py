from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import KeepTriggers, SameWorkspace

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def link(to: str, **options: Any) -> Any:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_find_names_in_any_case"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        KeepTriggers(
            migrations.AddField("person", "merged_into", link("people.person", null=True, related_name="merged")),
            migrations.AddField("contact", "placed", models.CharField(blank=True, max_length=40)),
            migrations.AddField("contact", "job_title", models.CharField(blank=True, max_length=255)),
            migrations.AddField("contact", "has_bounced", models.BooleanField(default=False)),
        ),
        migrations.CreateModel(
            name="PersonDecision",
            fields=[
                ("id", KEY),
                ("kind", models.CharField(choices=[("merge", "Merged"), ("split", "Split off")], max_length=5)),
                ("person", link("people.person", related_name="decisions")),
                ("other", link("people.person", related_name="+")),
                ("contacts", models.JSONField(default=list)),
                ("placed_before", models.CharField(blank=True, max_length=40)),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                ("undone_by", models.CharField(blank=True, max_length=254)),
                ("undone_at", models.BigIntegerField(null=True)),
                ("workspace", link("workspaces.workspace", db_index=False, related_name="+")),
            ],
            options={"indexes": [models.Index(fields=["person", "-at", "-id"], name="person_decision_by_person")]},
        ),
        migrations.CreateModel(
            name="ChampionChoice",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="champion_choice",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("is_champion", models.BooleanField(default=True)),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                ("workspace", link("workspaces.workspace", db_index=False, related_name="+")),
            ],
        ),
        SameWorkspace("people_person", "merged_into_id", "people_person"),
        SameWorkspace("people_persondecision", "person_id", "people_person"),
        SameWorkspace("people_persondecision", "other_id", "people_person"),
        SameWorkspace("people_championchoice", "person_id", "people_person"),
    ]
