import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django_scopes import scopes_disabled

from sonora.customers.matching import key


def fill_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Ids that were stored without a key get theirs."""
    with scopes_disabled():
        without = apps.get_model("customers", "ExternalId").objects.filter(key="")
        for row in without.only("source", "value").iterator(chunk_size=1000):
            row.key = key(row.source, row.value)
            row.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("at", models.BigIntegerField()),
                ("imported_by", models.CharField(blank=True, max_length=254)),
                ("rows", models.IntegerField(default=0)),
                ("created", models.IntegerField(default=0)),
                ("updated", models.IntegerField(default=0)),
                ("ids_added", models.IntegerField(default=0)),
                ("companies_linked", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("unknown_columns", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
            ],
        ),
        migrations.AddField(
            model_name="externalid",
            name="key",
            field=models.CharField(default="", editable=False, max_length=255),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="externalid",
            index=models.Index(fields=["workspace", "key"], name="external_id_by_key"),
        ),
        migrations.AddField(
            model_name="customerimport",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="customerimport",
            index=models.Index(fields=["workspace", "-at"], name="customer_import_by_time"),
        ),
    ]
