"""The addresses of Settings → Integrations."""

from django.urls import path

from integrations.views import (
    actions,
    catalogue,
    connect,
    disconnect,
    matching,
    matching_bulk,
    matching_decisions,
    matching_history,
    matching_rules,
    missing,
    notices,
    overview,
    resync,
    runs,
    settings,
    troubleshooting,
    unreadable,
)

CARD = "integrations/<slug:provider_name>"

urlpatterns = [
    path("notices", notices.index, name="notices"),
    path("integrations", catalogue.index, name="integrations"),
    path(CARD, overview.show, name="integration"),
    path(f"{CARD}/progress", overview.progress, name="integration-progress"),
    path(f"{CARD}/connect", connect.wizard, name="connect-integration"),
    path(f"{CARD}/checks", connect.check, name="check-token"),
    path(f"{CARD}/checks/stale", connect.stale_check, name="stale-check"),
    path(f"{CARD}/permission-checks", actions.create_permission_check, name="check-integration"),
    path(f"{CARD}/sync-runs", actions.create_sync_run, name="create-sync-run"),
    path(f"{CARD}/region", actions.create_region, name="use-region"),
    path(f"{CARD}/pause", actions.create_pause, name="pause-integration"),
    path(f"{CARD}/resume", actions.end_pause, name="resume-integration"),
    path(f"{CARD}/matching", matching.index, name="matching"),
    path(f"{CARD}/matching/why", matching.why, name="matching-why"),
    path(f"{CARD}/matching/rules", matching_rules.edit, name="matching-rules"),
    path(f"{CARD}/matching/companies/<int:pk>", matching_decisions.show, name="matching-company"),
    path(f"{CARD}/matching/decisions", matching_decisions.create, name="matching-decisions"),
    path(f"{CARD}/matching/decisions/<int:pk>/undo", matching_history.undo, name="undo-decision"),
    path(f"{CARD}/matching/bulk", matching_bulk.create, name="matching-bulk"),
    path(f"{CARD}/matching/history", matching_history.index, name="matching-history"),
    path(f"{CARD}/runs", runs.index, name="sync-runs"),
    path(f"{CARD}/runs/<int:pk>", runs.show, name="sync-run"),
    path(f"{CARD}/runs/<int:pk>/log", runs.log, name="run-log"),
    path(f"{CARD}/unreadable", unreadable.index, name="unreadable-objects"),
    path(f"{CARD}/unreadable/retries", unreadable.create_retry, name="retry-unreadable"),
    path(f"{CARD}/missing", missing.edit, name="missing-objects"),
    path(f"{CARD}/resync", resync.edit, name="resync-integration"),
    path(f"{CARD}/settings", settings.edit, name="integration-settings"),
    path(f"{CARD}/troubleshooting", troubleshooting.show, name="troubleshooting"),
    path(f"{CARD}/disconnect", disconnect.edit, name="disconnect-integration"),
]
