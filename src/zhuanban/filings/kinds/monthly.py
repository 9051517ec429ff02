"""责任部门月报送: responsible departments file ledger and analysis with the office by the 20th."""

from zhuanban.calc.words import Words
from zhuanban.filings.kinds.cadence import Cadence

CADENCE = Cadence(
    key="monthly_filing",
    name=Words("月度报送", "Monthly filing"),
    owed_by=Words("工作组责任部门", "responsible departments of the working groups"),
    owed_to=Words("专班办公室", "task force office"),
    clause="五(二)",
    is_mandatory=True,
    day_of_month=20,
)
