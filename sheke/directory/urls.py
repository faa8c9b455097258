"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path, re_path

from .views import boards, erasure, mine, options, organisations, people, tables

app_name = "directory"
urlpatterns = [
    path("", organisations.index, name="index"),
    path("new/", organisations.create, name="create"),
    path("at/<str:code>/", organisations.organisation, name="organisation"),
    path("at/<str:code>/name/", organisations.rename, name="rename"),
    path("at/<str:code>/place/", organisations.move, name="move"),
    path("at/<str:code>/end/", organisations.end, name="end"),
    path("at/<str:code>/reopening/", organisations.reopen, name="reopen"),
    path("at/<str:code>/facts/", organisations.correct, name="correct"),
    path("at/<str:code>/people/", organisations.join, name="join"),
    path("at/<str:code>/board/", boards.board, name="board"),
    path("at/<str:code>/board/change/", boards.change, name="change_board"),
    path("at/<str:code>/board/people/", options.board_people, name="board_people"),
    path("terms/<int:pk>/undoing/", boards.undo, name="undo_term"),
    path("me/", mine.my_data, name="my_data"),
    path("me/data.zip", mine.download, name="my_data_file"),
    path("me/consents/", mine.consents, name="my_consents"),
    path("me/erasure/", mine.ask_erasure, name="ask_erasure"),
    path("me/erasure/withdrawal/", mine.withdraw_erasure, name="withdraw_erasure"),
    path("people/<int:pk>/erasure/", erasure.erase, name="erase_person"),
    path("people/", people.people, name="people"),
    path("people/new/", people.create, name="create_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/facts/", people.change, name="change_person"),
    path("people/<int:pk>/tenures/", people.give, name="give_tenure"),
    path("tenures/<int:pk>/end/", people.end, name="end_tenure"),
    path("options/", options.organisations, name="options"),
    path("options/people/", options.people, name="people_options"),
    path("import/<slug:what>/", tables.import_table, name="import"),
    re_path(r"^export/(?P<what>\w+)\.(?P<kind>xlsx|csv)$", tables.export_table, name="export"),
]
