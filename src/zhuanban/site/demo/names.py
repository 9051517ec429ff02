"""The demo's names: a zone, a city, peers and streets that do not exist."""

from zhuanban.plans.services import PlaceName, ZoneNames

ZONE = "demo_zone"
CITY = "demo_city"
ZONE_ZH, ZONE_EN = "示例高新区", "Example High-tech Zone"

_STEMS = (
    ("jia", "甲区", "Jia District"), ("yi", "乙区", "Yi District"), ("bing", "丙区", "Bing District"),
    ("ding", "丁区", "Ding District"), ("wu", "戊区", "Wu District"), ("ji", "己市", "Ji City"),
    ("geng", "庚市", "Geng City"), ("xin", "辛县", "Xin County"), ("ren", "壬县", "Ren County"),
    ("gui", "癸县", "Gui County"),
)  # fmt: skip

EXTRA_PEER = PlaceName(*_STEMS[-1])
"""The tenth peer: the plan's structure names nine beside the zone."""

PEERS = [code for code, _, _ in _STEMS]

ZONE_NAMES = ZoneNames(
    name_zh="示例高新区稳定经济运行和推动项目建设专班（演示）",
    name_en="Task force of the Example High-tech Zone (demo)",
    document_number="示高开发〔2023〕1号",
    places={
        "anshan_htz": PlaceName(ZONE, ZONE_ZH, ZONE_EN, ("高新区", "全区", "本区")),
        "anshan": PlaceName(CITY, "示例市", "Example City", ("全市", "全市平均")),
        "liaoning": PlaceName("demo_province", "示例省", "Example Province", ("全省",)),
        **{
            real: PlaceName(*stem)
            for real, stem in zip(
                (
                    "tiedong",
                    "tiexi",
                    "lishan",
                    "qianshan",
                    "anshan_edz",
                    "haicheng",
                    "qianshan_scenic",
                    "taian",
                    "xiuyan",
                ),
                _STEMS,
                strict=False,
            )
        },
    },
    units={
        "street_1": ("东湖街道", "Donghu Street Office"),
        "street_2": ("西岭街道", "Xiling Street Office"),
        "center_1": ("东湖服务中心", "Donghu Service Centre"),
        "center_2": ("园区服务中心", "Parks Service Centre"),
    },
)
