"""Sentences of the room's refusals: what happened, why it matters, what to do next."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "matter_due_too_far": _(
        "This day is too far off: nothing is given longer than until %(furthest)s. Choose an earlier day."
    ),
    "matter_class_same": _("The matter has this data class already. Choose another, or leave it."),
    "matter_not_found": _(
        "There is no such matter within your reach. Check the number, or ask the task force office who answers for it."
    ),
    "matter_moved_on": _(
        "%(by)s has already taken this matter further on %(at)s (%(did)s); its state is now “%(state)s”. Yours was "
        "not carried out, so that no step is done twice. Reload the page to see what can be done next."
    ),
    "matter_not_your_task": _("“%(what)s” is not a task of your post. It is done by %(who)s."),
    "matter_of_another_unit": _(
        "This matter belongs to %(unit)s, and your post acts for another unit. “%(what)s” is done by %(who)s."
    ),
    "matter_own_unit": _(
        "You belong to the responsible unit %(unit)s. Nobody reviews or strikes off what his own unit has done. It is "
        "done by %(who)s from another unit."
    ),
    "matter_own_work": _(
        "You handled this matter yourself. A second person has to look at it: %(who)s who had no part in it."
    ),
    "matter_visit_owed": _(
        "Whoever raised this matter has not been asked yet whether it is really solved, so it cannot be struck off. Ask them, "
        "note the visit, and strike it off then."
    ),
    "matter_satisfaction_missing": _(
        "How content whoever raised it is belongs to a visit. Choose it; where they are not content, send the matter back instead."
    ),
    "matter_request_unknown": _("There is no such request in this ledger. Reload the page and use its buttons."),
    "matter_request_waits": _(
        "“%(what)s” has been asked for already and waits for the answer of the task force office. Nothing was asked a second time."
    ),
    "matter_request_answered": _(
        "This request has been answered meanwhile, so yours was not carried out. Reload the page to see the answer."
    ),
    "matter_request_late": _(
        "“%(what)s” has to be asked for at least one working day before the matter is due, and it is due on %(due)s. Note the "
        "progress, or report the matter up."
    ),
    "matter_until_not_later": _("The day has to lie after %(day)s. Choose a later one."),
    "matter_unit_same": _("The matter is with %(unit)s already. Choose the unit that it goes to."),
    "matter_not_running": _(
        "The matter is “%(state)s”; this can only be done while it is still to be solved. Reload the page to see what can "
        "be done next."
    ),
    "matter_at_top": _(
        "The matter stands with %(level)s already, and nobody is above. Ask there for an instruction, or note the progress."
    ),
    "matter_text_missing": _("Words are needed here, because the record has to say why. Write at least one sentence."),
    "matter_text_too_long": _(
        "The text has more than %(most)s characters. Shorten it, and hand the rest in as a file."
    ),
    "matter_evidence_missing": _(
        "Without evidence a matter cannot be reported as resolved, because nobody could check it. Attach at least one "
        "file: the reply, a document or a photo."
    ),
    "matter_proof_missing": _(
        "The newest resolution has no evidence that is still complete on the server, so the matter cannot be struck "
        "off. Send it back, so that the responsible unit hands the evidence in again."
    ),
    "matter_files_not_taken": _("Files are not taken with this step. Hand them in with a note of progress."),
    "matter_ledger_unknown": _("There is no ledger “%(ledger)s”. Choose one of the ledgers offered."),
    "matter_verb_unknown": _("There is no such step in this ledger. Reload the page and use its buttons."),
    "matter_title_too_long": _("The title has more than %(most)s characters. Put the details into the description."),
    "matter_group_unknown": _("This working group does not exist or is no longer active. Choose another one."),
    "matter_unit_unknown": _("This unit does not exist or is no longer active. Choose another one."),
    "matter_due_in_past": _(
        "%(due)s has already passed, so nobody could keep this time limit. The nearest working day is %(nearest)s."
    ),
    "matter_due_not_working": _("%(due)s is not a working day. The nearest working day is %(nearest)s."),
}
