"""What people decide about companies, and the rules that companies are matched by."""

import django.db.models.deletion
from django.db import migrations, models

import sonora.customers.models.matches
from sonora.core.triggers import KeepTriggers, SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("customers_matchingrules", "connection_id", "integrations_connection"),
    ("customers_rejection", "company_id", "customers_company"),
    ("customers_rejection", "customer_id", "customers_customer"),
    ("customers_decision", "created_customer_id", "customers_customer"),
    ("customers_change", "decision_id", "customers_decision"),
    ("customers_change", "company_id", "customers_company"),
    ("customers_change", "rejected_id", "customers_customer"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_keys_and_imports"),
        ("integrations", "0007_look_at_inserted_rows_at_once"),
        ("workspaces", "0001_initial"),
    ]
    operations = [
        KeepTriggers(
            migrations.CreateModel(
                name="Change",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("before", models.JSONField()),
                    ("after", models.JSONField()),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("accept", "Linked"),
                                ("link", "Linked by hand"),
                                ("reject", "Not this"),
                                ("create", "Customer created"),
                                ("ignore", "Ignored"),
                                ("reconsider", "Taken up again"),
                                ("bulk", "Linked together"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("by", models.CharField(max_length=254)),
                    ("at", models.BigIntegerField()),
                    ("undone_by", models.CharField(blank=True, max_length=254)),
                    ("undone_at", models.BigIntegerField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name="MatchingRules",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("by_id", models.BooleanField(default=True)),
                    ("source", models.CharField(blank=True, max_length=40)),
                    (
                        "names",
                        models.CharField(
                            choices=[
                                ("off", "Off"),
                                ("suggest", "Suggest only"),
                                ("link", "Link exact names automatically"),
                            ],
                            default="suggest",
                            max_length=7,
                        ),
                    ),
                    ("normal_forms", models.BooleanField(default=True)),
                    ("use_domains", models.BooleanField(default=True)),
                    ("offer_creation", models.BooleanField(default=False)),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Rejection",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("by", models.CharField(max_length=254)),
                    ("at", models.BigIntegerField()),
                ],
            ),
            migrations.AddField(
                model_name="match",
                name="doubt",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("two_ids", "Same ID of two customers"),
                        ("near", "Two customers are equally likely"),
                        ("name", "The name says another customer"),
                    ],
                    max_length=12,
                ),
            ),
            migrations.AddField(
                model_name="match",
                name="names_due",
                field=models.BooleanField(default=True),
            ),
            migrations.AddField(
                model_name="match",
                name="version",
                field=models.IntegerField(default=0),
            ),
            migrations.AlterField(
                model_name="match",
                name="customer",
                field=models.ForeignKey(
                    null=True,
                    on_delete=sonora.customers.models.matches.released,
                    related_name="matches",
                    to="customers.customer",
                ),
            ),
            migrations.AddIndex(
                model_name="match",
                index=models.Index(
                    condition=models.Q(("names_due", True)), fields=["workspace"], name="match_with_names_due"
                ),
            ),
            migrations.AddField(
                model_name="change",
                name="company",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="customers.company"
                ),
            ),
            migrations.AddField(
                model_name="change",
                name="rejected",
                field=models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="customers.customer"
                ),
            ),
            migrations.AddField(
                model_name="change",
                name="workspace",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="workspaces.workspace",
                ),
            ),
            migrations.AddField(
                model_name="decision",
                name="created_customer",
                field=models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="customers.customer"
                ),
            ),
            migrations.AddField(
                model_name="decision",
                name="workspace",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="workspaces.workspace",
                ),
            ),
            migrations.AddField(
                model_name="change",
                name="decision",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="customers.decision"
                ),
            ),
            migrations.AddField(
                model_name="matchingrules",
                name="connection",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="integrations.connection"
                ),
            ),
            migrations.AddField(
                model_name="matchingrules",
                name="workspace",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="workspaces.workspace",
                ),
            ),
            migrations.AddField(
                model_name="rejection",
                name="company",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="rejections",
                    to="customers.company",
                ),
            ),
            migrations.AddField(
                model_name="rejection",
                name="customer",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                ),
            ),
            migrations.AddField(
                model_name="rejection",
                name="workspace",
                field=models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="workspaces.workspace",
                ),
            ),
            migrations.AddIndex(
                model_name="decision",
                index=models.Index(fields=["workspace", "-at", "-id"], name="decision_by_time"),
            ),
            migrations.AddConstraint(
                model_name="rejection",
                constraint=models.UniqueConstraint(fields=("company", "customer"), name="rejection_once"),
            ),
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
    ]
