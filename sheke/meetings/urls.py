"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from .views import agenda, attendance, decisions, meetings, minutes, papers

app_name = "meetings"
urlpatterns = [
    path("", meetings.index, name="index"),
    path("new/", meetings.new, name="new"),
    path("decisions/", decisions.index, name="decisions"),
    path("<int:pk>/", meetings.detail, name="detail"),
    path("<int:pk>/edit/", meetings.edit, name="edit"),
    path("<int:pk>/deletion/", meetings.deletion, name="deletion"),
    path("<int:pk>/convening/", meetings.convening, name="convening"),
    path("<int:pk>/agenda.docx", papers.agenda_word, name="agenda_word"),
    path("<int:pk>/minutes.docx", papers.minutes_word, name="minutes_word"),
    path("<int:pk>/paper/", papers.sheet, name="paper"),
    path("<int:pk>/attendance/", attendance.invite, name="invite"),
    path("<int:pk>/attendance/board/", attendance.board, name="board"),
    path("<int:pk>/attendance/presence/", attendance.presence, name="presence"),
    path("<int:pk>/people/", attendance.people, name="people"),
    path("attendance/<int:pk>/deletion/", attendance.dismiss, name="dismiss"),
    path("<int:pk>/agenda/", agenda.add, name="add_agenda"),
    path("agenda/<int:pk>/", agenda.change, name="agenda"),
    path("agenda/<int:pk>/place/", agenda.place, name="place"),
    path("agenda/<int:pk>/deletion/", agenda.drop, name="drop_agenda"),
    path("agenda/<int:pk>/papers/", papers.attach, name="attach"),
    path("papers/<int:pk>/", papers.download, name="download"),
    path("papers/<int:pk>/withdrawal/", papers.withdraw, name="withdraw_paper"),
    path("agenda/<int:pk>/minutes/", minutes.write, name="write"),
    path("<int:pk>/approval/", minutes.approve, name="approve"),
    path("<int:pk>/correction/", minutes.correct, name="correct"),
    path("<int:pk>/versions/", minutes.versions, name="versions"),
    path("<int:pk>/decisions/", decisions.add, name="decide"),
    path("decisions/<int:pk>/", decisions.change, name="decision"),
    path("decisions/<int:pk>/deletion/", decisions.drop, name="drop_decision"),
    path("decisions/<int:pk>/duties/", decisions.duties, name="give_duties"),
    path("decisions/<int:pk>/settlement/", decisions.settle, name="settle"),
    path("decisions/<int:pk>/reopening/", decisions.unsettle, name="unsettle"),
]
