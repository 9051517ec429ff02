"""Addresses of the room people."""

from django.urls import path

from zhuanban.people.views import handovers, industries, organisation, structure

app_name = "people"
urlpatterns = [
    path("", organisation.organisation, name="organisation"),
    path("export/", organisation.organisation_export, name="organisation_export"),
    path("structure/", structure.structure, name="structure"),
    path("structure/units/new/", structure.new_unit, name="new_unit"),
    path("structure/units/<int:unit_id>/", structure.unit, name="unit"),
    path("structure/posts/new/", structure.new_post, name="new_post"),
    path("structure/posts/<int:post_id>/", structure.post, name="post"),
    path("structure/posts/<int:post_id>/fill/", structure.fill_post, name="fill_post"),
    path("structure/posts/<int:post_id>/hand-over/", handovers.hand_over, name="hand_over"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<int:handover_id>/", handovers.handover, name="handover"),
    path("structure/holders/<int:holder_id>/end/", structure.end_holding, name="end_holding"),
    path("structure/groups/<int:group_id>/", structure.group, name="group"),
    path("structure/groups/<int:group_id>/join/", structure.join_group, name="join_group"),
    path("structure/groups/<int:group_id>/lead/", structure.lead_group, name="lead_group"),
    path("structure/industries/new/", industries.new_industry, name="new_industry"),
    path("structure/industries/<int:industry_id>/", industries.industry, name="industry"),
    path("structure/industries/<int:industry_id>/join/", industries.join_industry, name="join_industry"),
    path("structure/duties/<int:duty_id>/end/", industries.leave_industry, name="leave_industry"),
    path("structure/members/<int:member_id>/end/", structure.leave_group, name="leave_group"),
    path("structure/leaders/<int:leader_id>/end/", structure.leave_lead, name="leave_lead"),
]
