"""The sentences of the pack checker: code → (Chinese, English). Texts in braces are the facts of the finding."""

SENTENCES: dict[str, tuple[str, str]] = {
    # The folder and its files
    "folder_missing": (
        "找不到方案包文件夹“{folder}”，无法检查。请核对路径。",
        "The folder '{folder}' does not exist, so there is nothing to check. Check the path.",
    ),
    "file_missing": (
        "方案包缺少这个文件。缺一个文件，对应内容就会整体缺失。请补上；确实没有内容时写一个空列表 []。",
        "This file of the pack is missing; its whole content would be absent. Add it; if there is nothing to say, write an empty list [].",
    ),
    "file_unknown": (
        "方案包中没有名为“{name}”的文件，其内容不会被读取。{near_zh}请改名或移走。",
        "A pack has no file called '{name}', so its content would be ignored.{near_en} Rename it or move it away.",
    ),
    "file_not_utf8": (
        "文件不是 UTF-8 编码，文字无法可靠读取。请另存为 UTF-8。",
        "The file is not UTF-8, so its words cannot be read reliably. Save it as UTF-8.",
    ),
    "file_too_large": (
        "文件大于 {limit_kb} KB，不像是方案包。请核对放入的文件。",
        "The file is larger than {limit_kb} KB and does not look like part of a pack. Check what was put here.",
    ),
    "yaml_syntax": (
        "YAML 写法有误，此后的内容读不出来：{detail}。请检查这一行及上一行的缩进、冒号和引号。",
        "This is not valid YAML, so nothing after it can be read: {detail}. Check indentation, colons and quotes on this line and the one before.",
    ),
    "key_twice": (
        "“{key}”在同一条目中写了两次，只能保留一个。请删去一处。",
        "'{key}' is written twice in the same entry; only one can hold. Delete one of them.",
    ),
    "alias_used": (
        "使用了 YAML 引用（*{name}）。引用使条目无法独立核对。请把内容写全。",
        "A YAML alias (*{name}) is used; entries must be readable on their own. Write the content out.",
    ),
    "tag_used": (
        "使用了 YAML 标签“{tag}”，方案包只接受普通文字、数字、日期和列表。请去掉标签。",
        "The YAML tag '{tag}' is used; a pack holds only text, numbers, dates and lists. Remove the tag.",
    ),
    "not_a_list": (
        "这个文件应是条目列表，每条以“- ”开头。请改为列表。",
        "This file must be a list of entries, each starting with '- '. Make it a list.",
    ),
    "not_a_mapping": (
        "这里应是“键: 值”形式的条目。请逐行写出字段名和值。",
        "An entry of the form 'key: value' is expected here. Write field names and values line by line.",
    ),
    # One entry
    "field_missing": (
        "{entry}缺少必填字段“{field}”。没有它这一条不能使用。请补上。",
        "{entry} has no '{field}', which every such entry must have. Add it.",
    ),
    "name_missing": (
        "{entry}缺少名称“{field}”。页面中英文都要用名称。请补上。",
        "{entry} has no name '{field}'; pages need both the Chinese and the English name. Add it.",
    ),
    "key_unknown": (
        "{entry}中没有名为“{field}”的字段，其内容不会生效。{near_zh}请改正或删除。",
        "{entry} has an unknown field '{field}', which would have no effect.{near_en} Correct or delete it.",
    ),
    "person_in_pack": (
        "{entry}中出现人员字段“{field}”。方案包只写职务，不写个人，人员由本单位在系统中任职。请删除。",
        "{entry} has a field about a person, '{field}'. A pack names posts only; holders are appointed in the workspace. Delete it.",
    ),
    "not_one_of": (
        "{entry}的“{field}”写作“{value}”，不在可选值之内。请从以下选择：{allowed}。",
        "'{field}' of {entry} is '{value}', which is not a known choice. Choose one of: {allowed}.",
    ),
    "bad_date": (
        "{entry}的“{field}”写作“{value}”，不是有效日期。请写成 2023-04-04 的形式。",
        "'{field}' of {entry} is '{value}', which is not a date. Write it like 2023-04-04.",
    ),
    "bad_number": (
        "{entry}的“{field}”写作“{value}”，不是所需的数字或超出范围。请只写数字，不带单位。",
        "'{field}' of {entry} is '{value}', not a number that fits here. Write the bare number without a unit.",
    ),
    "bad_truth": (
        "{entry}的“{field}”写作“{value}”，只能写 true 或 false。",
        "'{field}' of {entry} is '{value}'; only true or false can stand here.",
    ),
    "bad_text": (
        "{entry}的“{field}”应为非空文字。请写明，必要时加引号。",
        "'{field}' of {entry} must be non-empty text. Write it out, in quotes where needed.",
    ),
    "bad_code": (
        "{entry}的“{field}”写作“{value}”。代码只能用字母、数字、下划线和连字符，以字母开头。请改正。",
        "'{field}' of {entry} is '{value}'. A code uses letters, digits, '_' and '-', starting with a letter. Correct it.",
    ),
    "bad_value": (
        "{entry}的“{field}”不符合要求（{detail}）。请对照说明改正。",
        "'{field}' of {entry} does not fit ({detail}). Correct it after the description of the format.",
    ),
    # Entries against each other
    "code_twice": (
        "代码“{code}”已在第 {first} 行用过。代码必须唯一，否则后一条会覆盖前一条。请换一个代码或删除重复条目。",
        "The code '{code}' is already used on line {first}. Codes are unique, else the later entry would replace the earlier. Rename or delete one.",
    ),
    "name_twice": (
        "“{code}”与“{other}”（第 {first} 行）名称相同：{name}。导入数据时无法区分。请改名，或合并为一条。",
        "'{code}' and '{other}' (line {first}) share the name {name}; imported sheets could not tell them apart. Rename one or merge them.",
    ),
    "reference_unknown": (
        "“{field}”引用了不存在的{noun_zh}“{code}”。{near_zh}请先在 {where} 中定义，或改正代码。",
        "'{field}' refers to the {noun_en} '{code}', which does not exist.{near_en} Define it in {where} or correct the code.",
    ),
    "reference_twice": (
        "“{field}”中“{code}”写了两次。请删去一处。",
        "'{field}' lists '{code}' twice. Delete one of them.",
    ),
    "cycle": (
        "单位的上级关系成环：{path}。环形无法确定上下级。请断开其中一处。",
        "The parents of these units form a ring: {path}. Nobody would be on top. Break it at one place.",
    ),
    "clause_missing": (
        "{entry}没有注明方案条款“clause”。凡标明依据为方案（authority: plan）的条目都要注明条款号。请补上，或改写 authority。",
        "{entry} cites no 'clause'. An entry resting on the plan (authority: plan) must cite its clause number. Add it, or state another authority.",
    ),
    "clause_unknown": (
        "{entry}引用的条款“{clause}”不在 pack.yaml 的 clauses 列表中。{near_zh}请核对条款号。",
        "{entry} cites clause '{clause}', which is not in the list 'clauses' of pack.yaml.{near_en} Check the number.",
    ),
    "owner_missing": (
        "指标“{code}”没有写明工作组和责任部门（group、dept）。每项指标都要有责任单位。请补上，或写明 owner: unowned。",
        "Indicator '{code}' names no group and department ('group', 'dept'); every indicator needs somebody who answers. Add both, or state 'owner: unowned'.",
    ),
    "owner_contradicts": (
        "指标“{code}”写明无责任单位（owner: unowned），却又写了 group 或 dept。请只保留一种。",
        "Indicator '{code}' is stated to be unowned but names a group or department. Keep one of the two.",
    ),
    "dept_not_in_group": (
        "指标“{code}”的责任部门“{dept}”不是工作组“{group}”的责任部门。请核对 groups.yaml 或改正 dept。",
        "Department '{dept}' of indicator '{code}' is not a responsible department of group '{group}'. Check groups.yaml or correct 'dept'.",
    ),
    "territory_kind": (
        "指标“{code}”的属地单位“{unit}”不是街道或中心。属地只能是街道、中心。请改正。",
        "'{unit}' is no territory for indicator '{code}': only streets and centres have one. Correct it.",
    ),
    "calendar_contradicts": (
        "指标“{code}”为{frequency_zh}，{rule_zh}",
        "Indicator '{code}' is {frequency_en}: {rule_en}",
    ),
    "basis_contradicts": (
        "指标“{code}”的 value_kind 为 {kind}，与 report_basis {basis} 不相容：{why_zh}。请改正其一。",
        "Indicator '{code}' has value_kind {kind}, which does not go with report_basis {basis}: {why_en}. Correct one of them.",
    ),
    "measure_contradicts": (
        "“{code}”的计量单位“{measure}”与其类型不符：{why_zh}。请改正。",
        "The measure '{measure}' of '{code}' does not fit: {why_en}. Correct it.",
    ),
    "dates_reversed": (
        "{entry}的起始日期晚于截止日期，期间不存在。请对调或改正。",
        "{entry} starts after it ends, so it is never in force. Swap or correct the dates.",
    ),
    "successor_contradicts": (
        "指标“{code}”写了后继指标，却没有停用日期 active_until。请补上停用日期。",
        "Indicator '{code}' has a successor but no 'active_until'. Say until when it was in use.",
    ),
    "target_incomplete": (
        "{entry}的运算符“{operator}”需要“{field}”。没有它无法判断是否达标。请补上。",
        "The operator '{operator}' of {entry} needs '{field}'; without it nobody can say whether the target is met. Add it.",
    ),
    "target_excess": (
        "{entry}的运算符“{operator}”不使用“{field}”。请删除，或改用其他运算符。",
        "The operator '{operator}' of {entry} does not use '{field}'. Delete it or choose another operator.",
    ),
    "target_twice": (
        "同一地区、指标、年度和类型的目标已在第 {first} 行写过。请保留一条。",
        "A target for the same place, indicator, year and kind already stands on line {first}. Keep one.",
    ),
    "parameter_unknown": (
        "规则“{rule}”没有名为“{name}”的参数，写了也不起作用。{near_zh}请改正。",
        "Rule '{rule}' has no parameter '{name}'; it would have no effect.{near_en} Correct it.",
    ),
    "ladder_broken": (
        "提级层级应从 L0 起连续编号，此处应为 L{expected}，实为 L{level}。请按顺序补齐。",
        "Levels of the ladder run from L0 without gaps; L{expected} is expected here, found L{level}. Put them in order.",
    ),
    "cadence_incomplete": (
        "事项“{code}”的周期为 {rhythm}，需要写明“{field}”。请补上。",
        "Cadence '{code}' is {rhythm} and must state '{field}'. Add it.",
    ),
    "industry_unit_twice": (
        "行业“{code}”的单位“{unit}”既列为责任单位又列为协同单位，责任不清。请删去一处。",
        "Unit '{unit}' of industry '{code}' is both responsible and collaborating; its part is unclear. Delete one of the two.",
    ),
    "group_without_dept": (
        "工作组“{code}”没有责任部门。每个组都要有责任单位。请在 responsible 中写明。",
        "Group '{code}' has no responsible department; somebody must answer for it. Fill in 'responsible'.",
    ),
    "collaboration_contradicts": (
        "工作组“{code}”的协同方式为 {mode}，与所列单位不相容：{why_zh}。",
        "Collaboration of group '{code}' is '{mode}', which does not go with the listed units: {why_en}.",
    ),
}
