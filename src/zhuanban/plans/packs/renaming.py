"""A pack under fictitious names: the structure of a real plan for a place that does not exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhuanban.plans.packs.entries import Header, Pack, PeerSet, Place, Unit


@dataclass(frozen=True)
class PlaceName:
    """Another code and other names for a place."""

    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ZoneNames:
    """Names for a fictitious zone: `places` by the pack's place codes, `units` by unit codes as (Chinese, English).

    A place that gets another name loses the pack's targets: published figures belong to the real place only.
    """

    name_zh: str
    name_en: str
    document_number: str
    places: Mapping[str, PlaceName]
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def renamed(pack: Pack, names: ZoneNames) -> Pack:
    """The same pack under other names. Errors: `KeyError` for a place or unit that the pack does not have."""
    unknown = (set(names.places) - {place.code for place in pack.places}) | (
        set(names.units) - {unit.code for unit in pack.units}
    )
    if unknown:
        raise KeyError(*sorted(unknown))
    return pack.model_copy(
        update={
            "header": _header(pack.header, names),
            "places": tuple(_place(place, names) for place in pack.places),
            "units": tuple(_unit(unit, names) for unit in pack.units),
            "peers": tuple(_peers(peers, names) for peers in pack.peers),
            "targets": tuple(target for target in pack.targets if target.place not in names.places),
        }
    )


def _code(code: str, names: ZoneNames) -> str:
    return names.places[code].code if code in names.places else code


def _header(header: Header, names: ZoneNames) -> Header:
    update = {
        "name_zh": names.name_zh,
        "name_en": names.name_en,
        "issuer_zh": names.name_zh,
        "issuer_en": names.name_en,
        "document_number": names.document_number,
        "zone": _code(header.zone, names),
        "city": _code(header.city, names),
    }
    return header.model_copy(update=update)


def _place(place: Place, names: ZoneNames) -> Place:
    if place.code not in names.places:
        return place
    new = names.places[place.code]
    update = {"code": new.code, "name_zh": new.name_zh, "name_en": new.name_en, "aliases": new.aliases, "verified": True}
    return place.model_copy(update=update)


def _unit(unit: Unit, names: ZoneNames) -> Unit:
    if unit.code not in names.units:
        return unit
    name_zh, name_en = names.units[unit.code]
    return unit.model_copy(update={"name_zh": name_zh, "name_en": name_en, "name_pending": False})


def _peers(peers: PeerSet, names: ZoneNames) -> PeerSet:
    members = tuple(_code(member, names) for member in peers.members)
    update = {"within": _code(peers.within, names), "members": members}
    if peers.within in names.places:
        within = names.places[peers.within]
        update |= {"name_zh": f"{within.name_zh}各地区", "name_en": f"Places of {within.name_en}"}
    return peers.model_copy(update=update)
