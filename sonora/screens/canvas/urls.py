from django.urls import path

from sonora.screens.canvas import block_views, draft_views, history_views, settings_views, views

urlpatterns = [
    path("canvas", views.index, name="canvases"),
    path("canvas/new", views.create, name="create-canvas"),
    path("canvas/add", draft_views.add, name="add-block"),
    path("canvas/preview", draft_views.preview, name="preview-block"),
    path("canvas/<int:pk>", views.show, name="canvas"),
    path("canvas/<int:pk>/present", views.present, name="present-canvas"),
    path("canvas/<int:pk>/settings", settings_views.settle, name="canvas-settings"),
    path("canvas/<int:pk>/filters", settings_views.narrow, name="canvas-filters"),
    path("canvas/<int:pk>/history", history_views.history, name="canvas-history"),
    path("canvas/<int:pk>/edits/<int:edit>/undo", history_views.undo, name="undo-canvas-edit"),
    path("canvas/<int:pk>/delete", settings_views.delete, name="delete-canvas"),
    path("canvas/<int:pk>/blocks/<int:block>", block_views.show, name="block"),
    path("canvas/<int:pk>/blocks/<int:block>/edit", draft_views.edit, name="edit-block"),
    path("canvas/<int:pk>/blocks/<int:block>/arrange", block_views.arrange, name="arrange-block"),
    path("canvas/<int:pk>/blocks/<int:block>/csv", block_views.export, name="export-block"),
]
