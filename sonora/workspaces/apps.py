from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "sonora.workspaces"
