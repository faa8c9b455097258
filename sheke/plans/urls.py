"""Addresses of the plans' pages."""

from __future__ import annotations

from django.urls import path

from .views import breakdown, duties, exports, items, numbers, plans, targets, tree

app_name = "plans"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.new, name="new"),
    path("new/preview/", plans.preview, name="preview"),
    path("new/empty/", plans.new_empty, name="new_empty"),
    path("duties/", duties.mine, name="my_duties"),
    path("<int:pk>/", plans.detail, name="detail"),
    path("<int:pk>/overview/", plans.overview, name="overview"),
    path("<int:pk>/timeline/", plans.timeline, name="timeline"),
    path("<int:pk>/document/", plans.document, name="document"),
    path("<int:pk>/settings/", plans.settings, name="settings"),
    path("<int:pk>/deletion/", plans.deletion, name="deletion"),
    path("<int:pk>/source/", exports.source, name="source"),
    path("<int:pk>/plan.docx", exports.word, name="word"),
    path("<int:pk>/plan.xlsx", exports.table, name="table"),
    path("<int:pk>/tree/", tree.editor, name="edit"),
    path("<int:pk>/tree/undo/", tree.undo, name="undo"),
    path("<int:pk>/tree/redo/", tree.redo, name="redo"),
    path("<int:pk>/tree/numbers/", numbers.numbers, name="numbers"),
    path("<int:pk>/items/", tree.add, name="add_item"),
    path("<int:pk>/targets/", targets.index, name="targets"),
    path("<int:pk>/duties/", breakdown.index, name="duties"),
    path("<int:pk>/duties/check/", breakdown.check, name="check_duties"),
    path("<int:pk>/duties/template.xlsx", breakdown.template, name="duties_template"),
    path("items/<int:pk>/", items.detail, name="item"),
    path("items/<int:pk>/words/", tree.words, name="words"),
    path("items/<int:pk>/place/", tree.place, name="place"),
    path("items/<int:pk>/merger/", tree.merge, name="merge"),
    path("items/<int:pk>/deletion/", tree.delete, name="delete_item"),
    path("items/<int:pk>/completion/", items.completion, name="completion"),
    path("items/<int:pk>/reopening/", items.reopening, name="reopening"),
    path("items/<int:pk>/duties/", items.duties, name="item_duties"),
    path("items/<int:pk>/targets/", targets.create, name="item_targets"),
    path("items/<int:pk>/targets/dismissal/", targets.dismiss, name="dismiss"),
    path("items/<int:pk>/people/", items.people, name="people"),
    path("duties/<int:pk>/", duties.detail, name="duty"),
    path("duties/<int:pk>/change/", duties.change, name="change_duty"),
    path("duties/<int:pk>/reports/", duties.report, name="report_duty"),
    path("duties/reports/<int:pk>/withdrawal/", duties.withdraw, name="withdraw_report"),
    path("duties/<int:pk>/release/", items.release, name="release"),
    path("targets/<int:pk>/", targets.change, name="target"),
    path("targets/<int:pk>/deletion/", targets.drop, name="drop_target"),
]
