from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from annotator.model.ledger import uuid7
from annotator.model.rule_record import RuleRecord
from annotator.model.span import Span
from annotator.store import Store, articles
from annotator.store.suggestions import decided_last, write_suggestions
from annotator.workflow import attributing, learning
from annotator.workflow.learning import own_rule_record
from annotator.workflow.renaming import rename_reviewer
from annotator.workflow.session import ReviewSession
from annotator.workflow.suggestion_outcomes import suggestions_in_numbers
from tests.workflow.conftest import suggestions

