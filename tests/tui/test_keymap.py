from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.editing.span_labels import LETTERS
from annotator.errors import ConfigError
from annotator.model.scheme import KEYS_OF_SCHEMES, default_scheme
from annotator.tui.keymap import (
    CONFIRM,
    LABELS,
    MODES,
    QUEUE,
    REASON,
    REVIEW,
    SPANS,
    SPLIT,
    Action,
    Keymap,
    actions,
    pressed,
    reason_mode,
    shown,
)

SCHEME = default_scheme()
TABLE = actions(SCHEME)
KEYMAP = Keymap(TABLE)
EVERY = [pytest.param(mode, action, id=f"{mode}-{action.id}") for action in TABLE for mode in action.modes]

# The default keys that people learn: none of them changes by accident.
REVIEW_KEYS = {
    "j": "claim.next",
    "k": "claim.previous",
    "down": "claim.next",
    "up": "claim.previous",
    "space": "claim.open",
    "home": "claim.first",
    "end": "claim.last",
    "[": "article.previous",
    "]": "article.next",
    "q": "queue.toggle",
    "enter": "accept",
    "tab": "candidate.next",
    "0": "worth.0",
    "1": "worth.1",
    "2": "worth.2",
    "!": "worth.all",
    "a": "voice",
    "=": "source.same",
    "s": "verdict.supported",
    "r": "verdict.refuted",
    "m": "verdict.mixed",
    "n": "verdict.not_enough",
    "t": "target",
    "e": "spans",
    "v": "evidence",
    "o": "note",
    "i": "restatement",
    "c": "confidence",
    "f": "flag",
    "p": "skip",
    "|": "split",
    "+": "join",
    "u": "undo",
    "U": "redo",
    "h": "history",
    "y": "copy",
    "/": "find",
    ">": "find.next",
    "<": "find.previous",
    "?": "help",
    "ctrl+p": "palette",
    "ctrl+q": "quit",
}
SPAN_KEYS = {
    **{digit: f"candidate.{digit}" for digit in "123456789"},
    "w": "mark.source",
    "c": "mark.cue",
    "d": "mark.content",
    ";": "labels",
    "enter": "draft.keep",
    "q": "spans.leave",
}


def means(mode: str, key: str) -> str | None:
    action = KEYMAP.action(mode, key)
    return action.id if action else None


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.id)
def test_every_action_has_keys_an_id_help_a_group_and_a_mode_that_exists(action: Action) -> None:
    assert action.id
    assert action.key_list
    assert action.help
    assert action.help[0].islower() or action.help.startswith("$")
    assert action.group
    assert action.modes
    for mode in action.modes:
        assert mode in MODES or mode.startswith(f"{REASON} ")


def test_an_id_names_one_action_of_a_mode() -> None:
    places = [(mode, action.id) for action in TABLE for mode in action.modes]
    assert len(places) == len(set(places))


def test_no_two_actions_of_a_mode_share_a_key() -> None:
    places = [(mode, key) for action in TABLE for mode in action.modes for key in action.key_list]
    assert len(places) == len(set(places))


def test_a_collision_is_refused_and_both_actions_are_named() -> None:
    made_up = Action("made.up", "k", "a made-up action", "Other", (REVIEW,))
    with pytest.raises(ConfigError, match=r"key 'k' means both claim\.previous and made\.up in mode 'review'"):
        Keymap([*TABLE, made_up])


def test_a_key_of_ones_own_takes_a_second_key_from_another_action() -> None:
    keymap = Keymap(actions(SCHEME, {"note": "o N"}))
    found = keymap.action(REVIEW, "N")
    assert found is not None
    assert found.id == "note"
    assert keymap.by_id("article.next").keys == "]"


def test_the_same_key_in_another_mode_is_no_collision() -> None:
    elsewhere = Keymap([*TABLE, Action("made.up", "k", "a made-up action", "Answer", (CONFIRM,))])
    found = elsewhere.action(CONFIRM, "k")
    assert found is not None
    assert found.id == "made.up"


@pytest.mark.parametrize(("key", "action_id"), REVIEW_KEYS.items())
def test_review_keys_are_the_promised_ones(key: str, action_id: str) -> None:
    assert means(REVIEW, key) == action_id


@pytest.mark.parametrize(("key", "action_id"), SPAN_KEYS.items())
def test_span_keys_are_the_promised_ones(key: str, action_id: str) -> None:
    assert means(SPANS, key) == action_id


@pytest.mark.parametrize("value", SCHEME.verdict, ids=lambda value: value.id)
def test_verdict_keys_do_nothing_in_the_span_mode(value: Any) -> None:
    assert means(SPANS, value.key) is None


@pytest.mark.parametrize("unit", ["word", "clause", "sentence", "paragraph"])
def test_spans_move_and_extend_by_every_unit_both_ways(unit: str) -> None:
    ids = {action.id for action in KEYMAP.of_mode(SPANS)}
    assert {f"{unit}.{way}" for way in ("next", "previous", "extend", "shrink")} <= ids


def test_spans_extend_by_a_letter_too() -> None:
    assert [means(SPANS, key) for key in ")("] == ["letter.extend", "letter.shrink"]


def test_every_letter_names_a_word_in_the_mode_of_letters() -> None:
    assert [means(LABELS, letter) for letter in LETTERS] == [f"label.{letter}" for letter in LETTERS]
    assert means(LABELS, "escape") == "labels.leave"


def test_queue_toggles_back_with_the_same_key() -> None:
    assert means(QUEUE, "q") == means(REVIEW, "q") == "queue.toggle"


@pytest.mark.parametrize("mode", [REVIEW, SPANS, LABELS, SPLIT, QUEUE])
def test_help_palette_and_quit_are_everywhere(mode: str) -> None:
    assert [means(mode, key) for key in ("?", "ctrl+p", "ctrl+q")] == ["help", "palette", "quit"]


def test_every_value_of_the_scheme_has_its_key_and_its_name() -> None:
    for prefix, values in (("worth", SCHEME.worth), ("verdict", SCHEME.verdict)):
        for value in values:
            action = KEYMAP.by_id(f"{prefix}.{value.id}")
            assert action.keys == value.key
            assert value.name in action.help
            assert action.modes == (REVIEW,)


def test_each_verdict_with_reasons_has_a_mode_of_its_own() -> None:
    worded = replace(SCHEME.verdict[0], reasons=SCHEME.verdict[2].reasons)
    scheme = replace(SCHEME, verdict=(worded, *SCHEME.verdict[1:]))
    keymap = Keymap(actions(scheme))
    for verdict in (worded, SCHEME.verdict[2]):
        ids = {action.id: action.keys for action in keymap.of_mode(reason_mode(verdict.id))}
        assert ids["reason.missing_context"] == "2"
        assert "q" in ids["reason.leave"].split()


def test_no_key_outside_the_scheme_is_taken_from_a_scheme() -> None:
    # Any scheme may use any of these keys in the review mode, so nothing else may stand there.
    own = {key for action in KEYMAP.of_mode(REVIEW) if "." not in action.id for key in action.key_list}
    assert not own & KEYS_OF_SCHEMES
    fixed = {"worth.all"} | {action.id for action in TABLE if action.id.split(".")[0] not in ("worth", "verdict")}
    taken = {key for action in KEYMAP.of_mode(REVIEW) if action.id in fixed for key in action.key_list}
    assert not taken & KEYS_OF_SCHEMES


def test_the_users_keys_replace_the_default_ones() -> None:
    keymap = Keymap(actions(SCHEME, {"claim.next": "x ctrl+n", "verdict.supported": "z"}))
    for key, action_id in (("x", "claim.next"), ("ctrl+n", "claim.next"), ("z", "verdict.supported")):
        found = keymap.action(REVIEW, key)
        assert found is not None
        assert found.id == action_id
    for key in ("j", "down", "s"):
        assert keymap.action(REVIEW, key) is None


def test_a_users_key_that_collides_is_refused() -> None:
    with pytest.raises(ConfigError, match="means both"):
        Keymap(actions(SCHEME, {"claim.next": "u"}))


def test_an_action_can_be_taken_off_the_keyboard() -> None:
    keymap = Keymap(actions(SCHEME, {"skip": ""}))
    assert keymap.action(REVIEW, "p") is None
    assert keymap.by_id("skip").help == KEYMAP.by_id("skip").help


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("enter", "⏎"),
        ("space", "␣"),
        ("escape", "esc"),
        ("down", "↓"),
        ("shift+right", "shift+→"),
        ("ctrl+p", "ctrl+p"),
        ("+", "+"),
        ("ctrl++", "ctrl++"),
        ("U", "U"),
        ("|", "|"),
    ],
)
def test_keys_are_written_as_a_keyboard_shows_them(key: str, written: str) -> None:
    assert shown(key) == written


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("question_mark", "?", "?"),
        ("upper_u", "U", "U"),
        ("vertical_line", "|", "|"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("ctrl+p", "\x10", "ctrl+p"),
        ("down", None, "down"),
        ("tab", "\t", "tab"),
    ],
)
def test_a_key_event_is_named_as_the_table_names_it(key: str, character: str | None, name: str) -> None:
    assert pressed(key, character) == name
