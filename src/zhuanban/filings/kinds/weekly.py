"""协同部门周报送: collaborating units may file their ledger and report with the responsible department by Friday."""

from zhuanban.calc.words import Words
from zhuanban.filings.kinds.cadence import Cadence, Rhythm

CADENCE = Cadence(
    key="weekly_ledger",
    name=Words("周报送", "Weekly filing"),
    owed_by=Words("工作组协同部门", "collaborating units of the working groups"),
    owed_to=Words("工作组责任部门", "responsible department of the group"),
    clause="五(二)",
    is_mandatory=False,
    rhythm=Rhythm.WEEKLY,
)
