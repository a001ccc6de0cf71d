from django.urls import path

from sonora.screens.customers import edit_views, exporting, import_views, merge_views, views

urlpatterns = [
    path("customers", views.index, name="customers"),
    path("customers.csv", exporting.download, name="export-customers"),
    path("customers/new", edit_views.create, name="add-customer"),
    path("customers/import", import_views.create, name="import-customers"),
    path("customers/imports/<int:pk>", import_views.show, name="customer-import"),
    path("customers/imports/<int:pk>/problems.csv", import_views.problems, name="customer-import-problems"),
    path("customers/<int:pk>", views.show, name="customer"),
    path("customers/<int:pk>/conversations", views.show_list, {"of": "conversations"}, name="customer-conversations"),
    path("customers/<int:pk>/requests", views.show_list, {"of": "feature-requests"}, name="customer-requests"),
    path("customers/<int:pk>/identifiers", views.show_identifiers, name="customer-identifiers"),
    path("customers/<int:pk>/edit", edit_views.edit, name="edit-customer"),
    path("customers/<int:pk>/external-ids/new", edit_views.add_id, name="add-external-id"),
    path("customers/<int:pk>/merge", merge_views.create, name="merge-customer"),
    path("customer-merges/<int:pk>/undo", merge_views.undo, name="undo-customer-merge"),
    path("external-ids/<int:pk>/removal", edit_views.remove_id, name="remove-external-id"),
]
