"""The tables of the export: what each column means, and the SQL that makes them, their indexes and the views."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.late import dataclass
from annotator.store.sqlite_export.searching import TOKENIZER
from annotator.store.sqlite_export.views import VIEWS

_IN_TEXT = "in code points of the article's text"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its type in SQLite, what it means, and the table whose key it refers to."""

    name: str
    type: str
    meaning: str
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, its primary key, and the columns that full text search finds.

    The rows of one that is `repeated` come with each article, and what is there already is left out.
    """

    name: str
    meaning: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    searched: tuple[str, ...] = ()
    repeated: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether the key is the number that SQLite gives each row, and needs no index."""
        return any(column.type == "integer" and self.key == (column.name,) for column in self.columns)


def _text(name: str, meaning: str) -> TableColumn:
    return TableColumn(name, "text", meaning)


def _number(name: str, meaning: str) -> TableColumn:
    return TableColumn(name, "integer", meaning)


def _to(table: str, meaning: str, name: str = "") -> TableColumn:
    return TableColumn(name or f"{table}_id", "text", meaning, table)


_REVIEWER = TableColumn("reviewer", "text", "the reviewer's handle", "reviewer")
_TARGET = _to("attribution", "the attribution it is about (did they say it?); null for the content (is it true?)")

TABLES: tuple[Table, ...] = (
    Table(
        "article",
        "one article",
        (
            _text("id", "the SHA-256 of its text in UTF-8"),
            _text("title", "the title of its first publication, or its first line"),
            _text("language", "its language, as a code"),
            _text("rights", "what is known about the rights in it"),
            _text("origin", "name of the file, without its folders, or address that it was imported from"),
            _number("characters", "the length of its text in code points"),
            _text("text", "the whole text that all offsets count in; null where texts were left out"),
        ),
        ("id",),
        ("title", "text"),
    ),
    Table(
        "publication",
        "one appearance of an article",
        (
            _to("article", "the article"),
            _number("number", "from 1, in the order they became known"),
            _text("title", "the title there"),
            _text("url", "its address"),
            _text("archived_url", "the address of an archived copy"),
            _text("publisher", "who published it"),
            _text("author", "who wrote it"),
            _text("published_at", "when, in ISO 8601"),
        ),
        ("article_id", "number"),
    ),
    Table("reviewer", "one reviewer", (_text("name", "the handle"),), ("name",), repeated=True),
    Table(
        "claim",
        "one claim, the same for all reviewers who judged this span",
        (
            _text("id", "made from the article and the offsets"),
            _to("article", "the article it stands in"),
            _number("start", f"where it begins, {_IN_TEXT}"),
            _number("end", "where it ends, exclusive"),
            _text("block", "headline, byline, caption, credit, body, quote_intro, block_quote or boilerplate"),
            _text("text", "its text; null where texts were left out"),
        ),
        ("id",),
        ("text",),
    ),
    Table(
        "judgement",
        "what one reviewer decided of one claim",
        (
            _to("claim", "the claim"),
            _REVIEWER,
            _number("ordinal", "which of her claims of the article it is, from 1"),
            _text("state", "to_do, in_progress, awaiting, done or skipped"),
            _text("worth", "check-worthiness: see the table value"),
            _text("voice", "author, attributed (an attribution covers it) or null: not judged"),
            _text("restatement", "the claim in words that stand alone"),
            _number("flag", "1 where she flagged it"),
            _text("note", "her note"),
            _text("confidence", "low, medium or high"),
            _number("skipped", "1 where she passed over it"),
            _text("first_decided_at", "when she first decided something about it, in UTC; empty where she has not"),
            _text("last_decided_at", "when she last did"),
            _text("scheme", "the label scheme of the last decision, as id@version"),
        ),
        ("claim_id", "reviewer"),
    ),
    Table(
        "source",
        "one source that attributions resolve to",
        (
            _text("id", "its id"),
            _text("name", "its name; null where texts were left out"),
            _text("kind", "person, organisation, group, document, publisher or unnamed"),
        ),
        ("id",),
        repeated=True,
    ),
    Table(
        "attribution",
        "one attribution of one reviewer: who says it, and how",
        (
            _text("id", "its id"),
            _to("article", "the article it stands in"),
            _REVIEWER,
            _text("type", "statement, decree, intention, belief or attitude"),
            _text("form", "direct, indirect, mixed or block"),
            _text("anonymity", "named, described, unnamed or none"),
            _number("negated", "1 where it says that the source did not say it"),
            _to("attribution", "the attribution that it is nested in", "parent_id"),
            _number("depth", "in how many attributions it is nested"),
            _to("source", "the source that it resolves to; null where that is not decided"),
            _text("chain", "who the words passed through, outermost first, divided by ' > '; ? where not named"),
        ),
        ("id",),
    ),
    Table(
        "attribution_span",
        "one marked span of an attribution; a role may have several",
        (
            _to("attribution", "the attribution"),
            _text("role", "source, cue, content or relay"),
            _number("number", "which fragment of the role it is, from 1"),
            _number("start", f"where it begins, {_IN_TEXT}"),
            _number("end", "where it ends, exclusive"),
            _text("text", "its text; null where texts were left out"),
        ),
        ("attribution_id", "role", "number"),
    ),
    Table(
        "claim_attribution",
        "an attribution whose content overlaps a claim",
        (_to("claim", "the claim"), _to("attribution", "the attribution; its reviewer is whose work it is")),
        ("claim_id", "attribution_id"),
    ),
    Table(
        "verdict",
        "one verdict of one reviewer",
        (
            _number("id", "a number in this file"),
            _to("claim", "the claim"),
            _REVIEWER,
            _TARGET,
            _text("value", "see the table value"),
            _text("reason", "why it is mixed: conflict, missing_context or outdated"),
            _text("confidence", "low, medium or high"),
            _text("justification", "why, in her words"),
        ),
        ("id",),
    ),
    Table(
        "evidence",
        "one piece of evidence that a reviewer found",
        (
            _text("id", "its id"),
            _to("claim", "the claim"),
            _REVIEWER,
            _TARGET,
            *(
                _text(name, meaning)
                for name, meaning in (
                    ("question", "the question that was asked"),
                    ("answer", "the answer that was found"),
                    ("answer_type", "extractive, abstractive, boolean, unanswerable or empty"),
                    ("url", "where it was found"),
                    ("archived_url", "the address of an archived copy"),
                    ("medium", "what it is: a web page, a PDF, a recording"),
                    ("publisher", "who published it"),
                    ("published_at", "when it was published"),
                    ("retrieved_at", "when the reviewer found it"),
                    ("passage", "the passage that she quotes"),
                    ("stance", "supports, refutes, context or empty"),
                )
            ),
        ),
        ("id",),
        ("question", "answer", "passage"),
    ),
    Table(
        "value",
        "one value of the project's label scheme",
        (
            _text("facet", "worth, voice or verdict"),
            _text("id", "what stands in the column of that name, or in verdict.value"),
            _text("name", "its name"),
            _text("definition", "what it means"),
        ),
        ("facet", "id"),
    ),
    Table(
        "documentation",
        "what a table, view or column of this database means",
        (
            _text("table_name", "the table or view"),
            _text("column_name", "the column; empty for the table or view itself"),
            _text("meaning", "what it means"),
        ),
        ("table_name", "column_name"),
    ),
)


def statement(table: Table, *, with_key: bool = True) -> str:
    """The statement that makes the table, as SQLite writes it down.

    Without its key it takes rows of one key too, but none whose key has a null: the index would find them different.
    """
    filled = () if with_key else table.key
    lines = [
        f'  "{column.name}" {column.type}{" not null" if column.name in filled else ""}' for column in table.columns
    ]
    if with_key:
        lines.append(f"  primary key ({', '.join(table.key)})")
    lines += [
        f'  foreign key ("{column.name}") references {column.refers_to} ({_KEYS[column.refers_to]})'
        for column in table.columns
        if column.refers_to
    ]
    return f"CREATE TABLE {table.name} (\n" + ",\n".join(lines) + "\n) strict"


_KEYS = {table.name: table.key[0] for table in TABLES}


def indexes() -> Iterator[str]:
    """The statements that make the indexes by which rows that refer to another are found."""
    for table in TABLES:
        for column in table.columns:
            if column.refers_to and column.name != table.key[0]:
                yield f'create index {table.name}_{column.name} on {table.name} ("{column.name}")'


def views() -> Iterator[str]:
    """The statements that make the views."""
    for name, _, select in VIEWS:
        yield f"create view {name} as{select}"


def search() -> Iterator[str]:
    """The statements that make the full text indexes, once the tables are filled.

    Each is an FTS5 table with external content, named in the brackets by which Datasette finds it. The connection has
    the function `searchable`.
    """
    for table in TABLES:
        if table.searched:
            columns = ", ".join(table.searched)
            yield (
                f"create virtual table {table.name}_fts using fts5({columns}, content=[{table.name}], "
                f'tokenize="{TOKENIZER}")'
            )
            made = ", ".join(f"searchable({column})" for column in table.searched)
            yield f"insert into {table.name}_fts (rowid, {columns}) select rowid, {made} from {table.name}"


def documentation() -> Iterator[tuple[str, str, str]]:
    """The rows of the table of that name."""
    for table in TABLES:
        yield table.name, "", table.meaning
        for column in table.columns:
            yield table.name, column.name, column.meaning
    for name, meaning, _ in VIEWS:
        yield name, "", meaning
    for table in TABLES:
        if table.searched:
            yield f"{table.name}_fts", "", f"full text search in {', '.join(table.searched)} of {table.name}"
