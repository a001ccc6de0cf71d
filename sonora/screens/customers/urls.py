from django.urls import path

from sonora.screens.customers import import_views, views

urlpatterns = [
    path("customers", views.index, name="customers"),
    path("customers/import", import_views.create, name="import-customers"),
    path("customers/imports/<int:pk>", import_views.show, name="customer-import"),
    path("customers/imports/<int:pk>/problems.csv", import_views.problems, name="customer-import-problems"),
    path("customers/<int:pk>", views.show, name="customer"),
]
