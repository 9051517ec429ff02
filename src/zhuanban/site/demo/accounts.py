"""The demo's accounts: one for every kind of post, all with the same password, which is printed and says demo."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from zhuanban.kit import workspace
from zhuanban.people import services
from zhuanban.people.access import Viewer

PASSWORD = "demo-zhuanban-2023"  # noqa: S105  (printed on purpose; demo workspaces only)
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo: sign-in name, the post it holds, what to try with it."""

    username: str
    post: str
    title_zh: str
    title_en: str


ACCOUNTS = (
    DemoAccount("statistician", "office_statistician", "专班办公室统计岗", "Office statistician"),
    DemoAccount("reviewer", "office_reviewer", "专班办公室审核岗", "Office reviewer"),
    DemoAccount("chief", "committee_director", "组长", "Head of the task force"),
    DemoAccount("officehead", "deputy_director_office", "专班办公室主任", "Head of the office"),
    DemoAccount("leader", "deputy_director_c", "分管领导（商贸、招商）", "Leader of groups 5 and 6"),
    DemoAccount("clerk", "commerce_office_clerk", "商务办经办人", "Clerk, commerce office"),
    DemoAccount("head", "commerce_office_head", "商务办负责人", "Head, commerce office"),
    DemoAccount("finance", "finance_office_clerk", "财政金融办经办人", "Clerk, finance office"),
    DemoAccount("financehead", "finance_office_head", "财政金融办负责人", "Head, finance office"),
    DemoAccount("techclerk", "tech_econ_office_clerk", "科技经济发展办经办人", "Clerk, science and economy office"),
    DemoAccount("techhead", "tech_econ_office_head", "科技经济发展办负责人", "Head, science and economy office"),
    DemoAccount("housing", "resources_housing_office_clerk", "自然资源和住建办经办人", "Clerk, housing office"),
    DemoAccount("housinghead", "resources_housing_office_head", "自然资源和住建办负责人", "Head, housing office"),
    DemoAccount("market", "market_branch_clerk", "市场监管分局经办人", "Clerk, market regulation"),
    DemoAccount("investhead", "investment_center_head", "招商中心负责人", "Head, investment promotion"),
    DemoAccount("street", "street_1_officer", "街道专职人员", "Street officer"),
    DemoAccount("sysadmin", "system_administrator", "系统管理员", "System administrator"),
    DemoAccount("secadmin", "security_administrator", "安全管理员", "Security administrator"),
    DemoAccount("auditor", "audit_administrator", "审计管理员", "Audit administrator"),
)


def create(by: Viewer) -> None:
    """Make all accounts. One hash serves all of them: they share a password that everybody may read."""
    hashed = make_password(PASSWORD)
    for account in ACCOUNTS:
        user = services.create_account(username=account.username, password="", hashed=hashed, by=by)
        services.hold_post(user=user, post_code=account.post, since=SINCE, by=by)


def write_list() -> None:
    """Leave the list of accounts beside the database, for the person who starts the demo."""
    lines = [f"password: {PASSWORD}", ""]
    lines += [f"{each.username:<14}{each.title_zh}  {each.title_en}" for each in ACCOUNTS]
    (workspace.root() / "demo-accounts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
