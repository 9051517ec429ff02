"""The demo's problem matters: what happened when, by which post. Invented; every description says so."""

from dataclasses import dataclass

REPORT_UP = "report_up"
"""Reporting a matter up, which is no move of the ledger."""
ASK = "ask "
"""Asking the office for what the rest of the verb names: ``ask extension``."""
GRANT, REFUSE = "grant", "refuse"
"""The office's answers to what waits."""


@dataclass(frozen=True)
class Move:
    """One step: the ledger's verb or ``REPORT_UP``, the instant (month-day hour:minute), the post, its words, a file of evidence.

    ``until`` is the day that is asked for.
    """

    verb: str
    when: str
    post: str
    text: str = ""
    file: str = ""
    satisfaction: str = ""
    until: str = ""


@dataclass(frozen=True)
class Plot:
    """One matter. ``alert`` names indicator and last month of the alert it is opened from, else it is registered."""

    group: str
    unit: str
    title: str
    description: str
    source: str
    when: str
    post: str
    moves: tuple[Move, ...] = ()
    alert: tuple[str, int] | None = None


_REVIEWER, _STATISTICIAN = "office_reviewer", "office_statistician"
_COMMERCE, _INVEST, _FINANCE = "commerce_office_clerk", "investment_center_clerk", "finance_office_clerk"
_STREET, _HOUSING, _MARKET = "street_1_officer", "resources_housing_office_clerk", "market_branch_clerk"
_TECH = "tech_econ_office_clerk"

PLOTS = (
    Plot(
        "COMMERCE_CULT", "commerce_office", "重点零售企业结算中心迁出，零售业营业收入缺口待补",
        "一户重点零售企业调整结算方式，营业收入不再在本区统计，本部门难以单独协调企业总部。", "data_anomaly",
        "04-20 10:30", _COMMERCE, alert=("retail_rev", 3),
        moves=(
            Move("assign", "04-20 15:10", _REVIEWER),
            Move("sign", "04-20 16:00", _COMMERCE),
            Move("note_progress", "04-25 10:00", _COMMERCE, "已与企业总部财务部门座谈，对方同意就新增门店在本区独立核算。"),
            Move("resolve", "04-28 16:00", _COMMERCE, "企业承诺新开门店在本区设立法人，并已提交纳统材料。", "企业承诺函（演示）.pdf"),
            Move("review", "05-05 10:20", "deputy_director_c", "材料齐全，企业承诺明确，同意办结。"),
            Move("strike_off", "05-08 09:40", _REVIEWER, "审核意见和佐证材料齐备，予以销号。"),
        ),
    ),
    Plot(
        "FOUNDATION", "street_1", "园区东门道路积水影响企业货运",
        "连续降雨后园区东门道路积水，货车通行困难，企业反映发货延误。", "visit", "05-11 14:20", _STREET,
        moves=(
            Move("assign", "05-11 16:30", _REVIEWER),
            Move("sign", "05-12 09:10", _STREET),
            Move("resolve", "05-18 15:30", _STREET, "已疏通雨水井并增设临时泵，道路恢复通行，企业确认发货正常。", "现场照片（演示）.png"),
            Move("review", "05-22 09:50", _REVIEWER, "电话回访企业，道路已恢复通行，情况属实。"),
            Move("visit", "05-23 10:00", _REVIEWER, "上门回访企业，对处理结果满意。", satisfaction="satisfied"),
            Move("strike_off", "05-24 10:10", _REVIEWER, "予以销号。"),
        ),
    ),
    Plot(
        "FISCAL_FIN", "finance_office", "总部人员薪酬关系转出，个人所得税税源流失",
        "部分企业总部人员薪酬关系转出，需要综合组研究留住总部经济的服务措施。", "data_anomaly",
        "06-21 09:30", _FINANCE, alert=("pit", 5),
        moves=(
            Move("assign", "06-21 14:40", _REVIEWER),
            Move("sign", "06-21 15:30", _FINANCE),
            Move("note_progress", "06-28 11:00", _FINANCE, "已会同税务部门列出涉及企业清单，逐户约谈。"),
            Move("resolve", "07-04 16:10", _FINANCE, "重点企业同意保留总部人员薪酬关系，形成服务清单。", "服务清单（演示）.pdf"),
            Move("review", "07-18 10:30", "dev_center_director", "措施可行，企业已确认，同意办结。"),
        ),
    ),
    Plot(
        "HOUSING_AGRI", "resources_housing_office", "停缓建项目农民工工资保证金未足额缴存",
        "巡查发现一个停缓建项目工资保证金未足额缴存，存在欠薪风险。", "site_inspection", "06-26 10:00", _HOUSING,
        moves=(
            Move("assign", "06-27 09:20", _REVIEWER),
            Move("sign", "06-27 10:10", _HOUSING),
            Move("resolve", "07-05 15:00", _HOUSING, "已约谈建设单位，对方承诺补缴。", "约谈记录（演示）.pdf"),
            Move("send_back", "07-10 09:30", "deputy_director_a", "只有承诺，没有缴存凭证，请补充银行回单后再提交。"),
            Move("note_progress", "07-19 16:20", _HOUSING, "建设单位已缴存一部分，余款催缴中。"),
        ),
    ),
    Plot(
        "MICRO_PARK", "market_branch", "个体工商户转企后代账费用负担重",
        "部分转企经营者反映代账费用高，影响转企积极性，需要协调代账机构提供优惠服务。", "visit", "07-03 10:40", _MARKET,
        moves=(
            Move("assign", "07-04 09:10", _STATISTICIAN),
            Move("sign", "07-04 10:00", _MARKET),
            Move("note_progress", "07-10 14:00", _MARKET, "已与两家代账机构洽谈，尚未达成统一优惠。"),
            Move("ask reassignment", "07-11 09:20", _MARKET, "代账优惠涉及财政补助，建议由财政部门牵头。"),
            Move(REFUSE, "07-11 16:10", _REVIEWER, "转企服务由市场监管部门牵头，财政部门配合，仍由你单位办理。"),
        ),
    ),
    Plot(
        "INVEST_PROMO", "investment_center", "拟签约项目用电增容方案未定",
        "拟签约项目用电负荷较大，供电方案未定，投资方推迟签约。", "meeting", "07-05 09:30", _INVEST,
        moves=(
            Move("assign", "07-06 09:40", _REVIEWER),
            Move("sign", "07-06 10:30", _INVEST),
            Move("note_progress", "07-12 10:50", _INVEST, "供电部门已到现场勘察。"),
            Move("ask extension", "07-12 11:10", _INVEST, "供电方案需要供电部门会签，希望延后。", until="07-28"),
            Move(REFUSE, "07-13 09:00", _REVIEWER, "供电部门已答应本周答复，按原期限办理。"),
            Move("resolve", "07-20 11:10", _INVEST, "供电方案已答复投资方，签约时间重新排定。", "供电方案答复（演示）.pdf"),
        ),
    ),
    Plot(
        "GENERAL", "tech_econ_office", "入统项目凭证不齐，固定资产投资数据退回",
        "个别项目入统凭证不齐，上级审核退回，需要项目单位补充合同和支付凭证。", "platform", "07-07 15:00", _TECH,
        moves=(
            Move("assign", "07-10 09:00", _REVIEWER),
            Move("sign", "07-10 09:50", _TECH),
            Move("ask extension", "07-14 10:20", _TECH, "一户项目单位的支付凭证要等银行出具，可能赶不上。", until="07-28"),
            Move("resolve", "07-20 14:30", _TECH, "项目单位已补齐凭证，重新提交后审核通过。", "入统审核回执（演示）.png"),
        ),
    ),
    Plot(
        "COMMERCE_CULT", "commerce_office", "商场外摆经营审批流程长",
        "商场反映夜间外摆经营要跑多个部门，旺季将过仍未批下。", "call", "07-06 16:00", _COMMERCE,
        moves=(
            Move("assign", "07-07 09:30", _REVIEWER),
            Move("sign", "07-07 10:20", _COMMERCE),
            Move("ask extension", "07-12 10:00", _COMMERCE, "联合踏勘排在下周，需要多几天。", until="07-25"),
            Move(GRANT, "07-12 15:20", _REVIEWER, "情况属实，同意延期。"),
            Move("resolve", "07-20 16:40", _COMMERCE, "已协调审批和城管部门一次受理、联合踏勘，商场取得许可。", "外摆许可（演示）.png"),
        ),
    ),
    Plot(
        "COMMERCE_CULT", "commerce_office", "家电以旧换新补贴兑付慢",
        "多家销售企业反映补贴垫付时间长，资金周转困难，影响活动继续。", "visit", "07-12 10:00", _COMMERCE,
        moves=(
            Move("accept", "07-13 09:20", _REVIEWER),
            Move("assign", "07-13 09:25", _REVIEWER),
            Move("sign", "07-13 10:10", _COMMERCE),
        ),
    ),
    Plot(
        "FOUNDATION", "street_1", "企业班车停靠点与早市冲突",
        "早市占用班车停靠点，职工上下班不便，企业请求协调。", "visit", "07-18 10:30", _STREET,
        moves=(Move("assign", "07-19 09:15", _REVIEWER),),
    ),
    Plot(
        "FOUNDATION", "street_1", "老旧厂房消防通道被占用",
        "走访发现厂房之间消防通道堆放物料，两户企业互相推诿，需要消防和应急部门一同处理。", "visit", "07-21 15:20", _STREET,
    ),
    Plot(
        "COMMERCE_CULT", "commerce_office", "夜市摊区排污管网需要改造",
        "夜市经营户反映排污管网老旧，改造要等市政计划，短期内难以解决。", "visit", "06-05 10:00", _COMMERCE,
        moves=(
            Move("assign", "06-05 15:00", _REVIEWER),
            Move("sign", "06-05 15:40", _COMMERCE),
            Move("note_progress", "06-09 10:00", _COMMERCE, "市政部门答复：列入明年管网改造计划。"),
            Move("make_long_term", "06-12 09:30", _REVIEWER, "改造列入明年市政计划，纳入长期推进，每月记录进度。"),
            Move("note_long_term", "07-10 10:20", _COMMERCE, "已提交管网改造项目建议，等待市级批复。"),
        ),
    ),
    Plot(
        "FISCAL_FIN", "finance_office", "企业专项债券资金拨付等待上级批复",
        "项目单位反映专项债券资金未到位，拨付方案已报上级，批复时间不定。", "call", "07-10 10:10", _FINANCE,
        moves=(
            Move("assign", "07-10 14:00", _REVIEWER),
            Move("sign", "07-10 14:50", _FINANCE),
            Move("ask pause", "07-13 09:40", _FINANCE, "拨付方案已报上级审批，预计八月中旬批复。", until="08-15"),
            Move("grant", "07-13 16:00", _REVIEWER, "情况属实，同意暂停计时。"),
        ),
    ),
    Plot(
        "MICRO_PARK", "market_branch", "小微企业集聚区充电桩不足",
        "集聚区内物流车辆充电排队时间长，经营者希望增设充电桩。", "visit", "07-17 10:20", _MARKET,
        moves=(
            Move("assign", "07-17 15:20", _REVIEWER),
            Move("sign", "07-17 16:10", _MARKET),
            Move("note_progress", "07-20 10:30", _MARKET, "充电运营企业已现场勘察，正在制定方案。"),
            Move("ask extension", "07-21 09:30", _MARKET, "增设充电桩需要电力增容，方案确定后施工。", until="08-11"),
        ),
    ),
    Plot(
        "GENERAL", "tech_econ_office", "两户企业租赁合同纠纷",
        "两户企业因租金结算产生纠纷，请求专班出面调解。", "call", "07-11 11:00", _TECH,
        moves=(Move("reject", "07-11 15:30", _REVIEWER, "属企业之间的民事纠纷，已告知通过法律途径解决。"),),
    ),
    Plot(
        "COMMERCE_CULT", "commerce_office", "商圈停车引导标识缺失",
        "商圈经营者反映停车引导标识缺失，周末拥堵影响客流。", "visit", "07-03 14:00", _COMMERCE,
        moves=(
            Move("assign", "07-03 16:00", _REVIEWER),
            Move("sign", "07-03 16:40", _COMMERCE),
            Move("resolve", "07-11 15:00", _COMMERCE, "已增设停车引导标识六处。", "标识照片（演示）.png"),
            Move("review", "07-14 10:00", _REVIEWER, "标识已设置，情况属实。"),
            Move("visit", "07-17 10:00", _REVIEWER, "上门回访商圈经营者，表示基本满意。", satisfaction="fairly_satisfied"),
        ),
    ),
    Plot(
        "INVEST_PROMO", "investment_center", "在谈项目签约节奏放缓，需要领导带队拜访",
        "在谈项目投资方决策周期拉长，本部门层级难以推动，建议由责任领导带队拜访。", "data_anomaly",
        "07-24 08:45", _INVEST, alert=("signed_100m", 6),
        moves=(Move(REPORT_UP, "07-24 08:50", _INVEST, "投资方要求与委领导面谈，本部门层级推动不了，请责任领导带队拜访。"),),
    ),
    Plot(
        "FOUNDATION", "street_1", "老厂区雨水井盖破损",
        "网格员巡查发现老厂区两处雨水井盖破损，存在安全隐患。", "visit", "07-24 08:52", _STREET,
        moves=(Move("accept", "07-24 08:56", _REVIEWER),),
    ),
)  # fmt: skip
