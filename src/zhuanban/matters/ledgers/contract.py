"""What a ledger says about itself: its columns, its states, the moves between them, its clocks, its ladder."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhuanban.matters.ledgers.ladder import UNIT_ONLY, Ladder, ladder_faults


class Need(StrEnum):
    """What a move asks for besides the right to make it."""

    TEXT = "text"
    """Words of the one who moves the matter."""
    FILES = "files"
    """At least one file handed in with the move."""
    PROOF = "proof"
    """The files of the newest resolution are on record, in their place and unchanged."""
    NOT_HANDLER = "not_handler"
    """Made by somebody who did not handle the matter himself."""
    NOT_RESPONSIBLE_UNIT = "not_responsible_unit"
    """Made by somebody outside the responsible unit."""
    VISIT = "visit"
    """Whoever raised it from outside has been asked whether he is content."""
    UNIT = "unit"
    """Names the unit that answers from now on; the one on record unless another is chosen, then with the reason."""
    SATISFACTION = "satisfaction"
    """Says how content whoever raised it is."""


@dataclass(frozen=True)
class Said:
    """A short text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class State:
    """One state. ``stage`` is its name on the track; ``clock`` is the key of the clock that runs in it.

    ``runs`` marks one in which the responsible unit's day comes nearer although the clock is somebody else's;
    ``beside`` is the state on whose place of the track it stands, empty for one with a place of its own.
    """

    key: str
    name_zh: str
    name_en: str
    stage: Said
    clock: str = ""
    is_open: bool = True
    runs: bool = False
    beside: str = ""


@dataclass(frozen=True)
class Transition:
    """One move: from these states to that one, by holders of the action, meeting the needs.

    ``task`` names what is to be done, ``check`` what to look at, ``then`` what follows, ``who`` can do it.
    ``main_in`` are the states from which it is the move that leads on; elsewhere it is offered beside that one.
    ``starts`` marks one with which the responsible unit's term begins, ``turns_back`` one that undoes what was done.
    ``outcome`` is what it says of the solution: solved, explained, or nothing.
    """

    verb: str
    from_states: tuple[str, ...]
    to_state: str
    action: str
    needs: tuple[Need, ...]
    name: Said
    done: Said
    task: Said
    check: Said
    then: Said
    who: Said
    icon: str
    main_in: tuple[str, ...] = ()
    handles: bool = False
    takes_files: bool = False
    starts: bool = False
    turns_back: bool = False
    outcome: str = ""


@dataclass(frozen=True)
class Request:
    """What the responsible unit may ask of the office: asked by holders of ``ask``, answered by those of ``answer``.

    ``needs_day`` says that it names a day, ``needs_unit`` that a grant names the unit that answers from then on;
    ``to_state`` is the state a grant leads to, empty for the present one.
    """

    key: str
    from_states: tuple[str, ...]
    ask: str
    answer: str
    name: Said
    asked: Said
    granted: Said
    refused: Said
    note: Said
    who: Said
    icon: str
    to_state: str = ""
    needs_day: bool = False
    needs_unit: bool = False


@dataclass(frozen=True)
class ClockTerm:
    """A term in working days, in force from a day, with its authority."""

    in_force_from: date
    working_days: int
    authority: str


@dataclass(frozen=True)
class Clock:
    """A clock: what it limits and its terms as a history, newest last."""

    key: str
    name_zh: str
    name_en: str
    terms: tuple[ClockTerm, ...]

    def working_days(self, on: date) -> int:
        """The term in force on a day; before the first one, the first."""
        inside = [term for term in self.terms if term.in_force_from <= on]
        return (inside[-1] if inside else self.terms[0]).working_days


@dataclass(frozen=True)
class Column:
    """One column of the paper ledger, with the headings other offices use for it."""

    key: str
    name_zh: str
    name_en: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """One kind of matter. ``start`` is the state of a new one, ``sources`` where one may come from."""

    key: str
    name_zh: str
    name_en: str
    states: tuple[State, ...]
    start: str
    transitions: tuple[Transition, ...]
    clocks: tuple[Clock, ...]
    columns: tuple[Column, ...]
    sources: dict[str, Said] = field(default_factory=dict, hash=False)
    urgencies: dict[str, Said] = field(default_factory=dict, hash=False)
    ladder: Ladder = UNIT_ONLY
    requests: tuple[Request, ...] = ()
    visited_sources: frozenset[str] = frozenset()
    """The sources outside the task force, who are asked before a matter is struck off."""
    satisfactions: dict[str, Said] = field(default_factory=dict, hash=False)

    def state(self, key: str) -> State:
        return next(state for state in self.states if state.key == key)

    def clock(self, key: str) -> Clock:
        return next(clock for clock in self.clocks if clock.key == key)

    def transition(self, verb: str) -> Transition | None:
        """The move ``verb``, None where the ledger has none."""
        return next((move for move in self.transitions if move.verb == verb), None)

    def moves_from(self, state: str) -> tuple[Transition, ...]:
        """The moves out of a state, main ones first."""
        found = [move for move in self.transitions if state in move.from_states]
        return tuple(sorted(found, key=lambda move: state not in move.main_in))

    def leading(self, state: str, *, owes_visit: bool) -> Transition | None:
        """The move that leads on from a state; where nobody has to be asked, a visit is passed over. None where none does."""
        moves = [move for move in self.moves_from(state) if state in move.main_in]
        if moves and Need.SATISFACTION in moves[0].needs and not owes_visit:
            moves = [move for move in self.moves_from(state) if Need.VISIT in move.needs] or moves
        return moves[0] if moves else None

    def request(self, key: str) -> Request | None:
        """What can be asked under ``key``, None where the ledger has no such request."""
        return next((each for each in self.requests if each.key == key), None)

    @property
    def starting_verbs(self) -> tuple[str, ...]:
        """The moves with which the responsible unit's term begins."""
        return tuple(move.verb for move in self.transitions if move.starts)

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state.key for state in self.states if state.is_open)

    @property
    def running_states(self) -> tuple[str, ...]:
        """The states in which the responsible unit's day can pass, and from which a matter can climb."""
        return (self.start, *self.handling_states)

    @property
    def handling_states(self) -> tuple[str, ...]:
        """The states in which the responsible unit's clock runs."""
        return tuple(state.key for state in self.states if state.clock == "handle" or state.runs)


def faults(ledger: Ledger) -> list[str]:
    """What contradicts itself in a ledger; empty for a sound one."""
    found = []
    keys = [state.key for state in ledger.states]
    clocks = {clock.key for clock in ledger.clocks}
    if len(set(keys)) != len(keys):
        found.append("a state is declared twice")
    if ledger.start not in keys:
        found.append(f"the first state {ledger.start} is not declared")
    found += [
        f"state {s.key} names the unknown clock {s.clock}" for s in ledger.states if s.clock and s.clock not in clocks
    ]
    for move in ledger.transitions:
        named = (*move.from_states, *move.main_in, move.to_state)
        found += [f"{move.verb} names the unknown state {s}" for s in named if s not in keys]
    for request in ledger.requests:
        named = (*request.from_states, *filter(None, (request.to_state,)))
        found += [f"{request.key} names the unknown state {s}" for s in named if s not in keys]
    for state in ledger.states:
        mains = [move for move in ledger.moves_from(state.key) if state.key in move.main_in]
        if state.is_open and len(mains) != 1:
            found.append(f"state {state.key} has {len(mains)} main moves instead of one")
    verbs = [move.verb for move in ledger.transitions]
    if len(set(verbs)) != len(verbs):
        found.append("a move is declared twice")
    return found + ladder_faults(ledger.ladder)
