"""What a line of a news page is besides prose: byline, boilerplate, list item, heading.

Every test takes one line without the white space around it.
"""

from __future__ import annotations

import re

from annotator.segmentation.pictures import NAMES
from annotator.segmentation.stops import WIDE_STOPS

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATES = (
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}",
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}",
    r"\d{4}-\d\d-\d\d",
    r"\d\d?[./]\d\d?[./]\d{4}",
)
_DATE = f"(?:{'|'.join(_DATES)})"
_DAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,?\s)?"
_TRADE = r"(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist|[Ss]taff [Ww]riter|[Cc]ontributor|[Cc]ritic)s?"

_BYLINES = (
    rf"(?:by|BY|By|Por|Par|Von)\s{NAMES}(?:,\s{NAMES})*(?:,?\s(?:y|et|und)\s{NAMES})*(?:\s?[,"
    rf"|•·/–—-]\s?[^.!?]{{1,80}})?\.?",
    rf"{NAMES}\s?[,|•·–—-]\s?(?:[\w’]+\s){{0,3}}{_TRADE}(?:\s?[,|•·–—-]\s?{NAMES}|\sin\s{NAMES})?",
    rf"{NAMES}\s?[|•·]\s?{_DAY}{_DATE}[^.!?]{{0,40}}",
)
_BYLINE = re.compile("|".join(_BYLINES))
_NAMES_ONLY = re.compile(rf"{NAMES}(?:,\s{NAMES})*")
_STAMPS = (
    r"(?:(?:first |originally )?published|(?:last )?(?:updated|modified)|posted|date|veröffentlicht|publicado"
    r"|publié)\b[^!?]{0,80}\d[^!?]{0,40}",
    rf"{_DAY}{_DATE}(?:\s?[,|•·–—-]?\s?(?:at\s)?\d{{1,2}}[:.]\d\d[^!?]{{0,30}})?\.?",
    r"\d{1,2}[- ]min(?:ute)?s? read",
)
_STAMP = re.compile("|".join(_STAMPS), re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"[(\[–—-]*\s?(?:(?:additional |further )?(?:reporting|writing|research|editing) by\b.{2,280}"
    r"|.{2,160}\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)\b.{0,60})",
    re.IGNORECASE,
)

# Lines that are boilerplate when they are nothing else.
_WHOLE = (
    r"(?:view |show |read |hide |leave |post |add )?(?:all |a |the |your )?(?:\d[\d,]* )?(?:comments?|replies"
    r"|reply)(?: ?\(\d*\)| ?\d+)?",
    r"(?:share|save|print|e-?mail|tweet|pin|bookmark)(?:[ ,|/]+(?:this|the|it|on|by|via|with|save|print|e-?mail"
    r"|tweet|page"
    r"|article|story|post|facebook|twitter|whatsapp|linkedin|reddit|x|friends?|link))*",
    r"(?:facebook|twitter|whatsapp|linkedin|reddit|instagram|youtube)(?:[ ,|/]+(?:facebook|twitter|whatsapp"
    r"|linkedin|reddit"
    r"|instagram|youtube|e-?mail|print|x))*",
    r"(?:menu|search|home|close|loading|next|previous|back to top|top|copy link|skip to .{1,30}|scroll down.{0,30})",
    r"(?:log ?in|sign in|sign up|register|subscribe)(?: now| here| today)?(?: ?[|/] ?(?:log ?in|sign in|sign up"
    r"|register|subscribe))*",
    r"advertise?ments?|sponsored(?: content)?|promoted(?: content)?|paid content",
    r"(?:also|more|most) (?:read|popular|viewed|shared|stories|news|from .{1,40}|on this (?:story|topic)"
    r"|like this)|top stories",
    r"trending(?: now)?|recommended(?: for you)?|you (?:may|might) (?:also )?like|editor[’']?s[’']? picks?"
    r"|don[’']t miss",
    r"related(?: (?:articles?|stories|topics?|links?|content|coverage|posts?|reading|news))?",
    r"(?:story|article|post) continues (?:below|after).{0,40}|continue reading.{0,40}|read (?:more|next|on)",
    r"(?:topics|tags|filed under|categories|keywords|more on)(?:\s?:.{0,150})?",
    r"view image in fullscreen|explore more on these topics|re-?use this content|(?:free )?(?:daily"
    r"|weekly) newsletter",
    r"(?:[-_*=~•·–—#]\s?){3,}|(?:privacy policy|terms (?:of|and) .{1,30}|cookies?(?: .{1,30})?|accept all"
    r"|about us|contact us"
    r"|advertise with us)",
    r"comments (?:are|have been) (?:closed|disabled|turned off|moderated).{0,80}",
)
_BOILERPLATE = re.compile(rf"(?:{'|'.join(_WHOLE)})\s?[.:…»>!]*", re.IGNORECASE)
# Lines that are boilerplate for how they begin.
_STARTS = (
    r"please (?:let us know|log in|sign in|register|subscribe|enable|read our|note that comments|click|wait"
    r"|consider (?:a |making |sub|supp|don))",
    r"(?:sign up|subscribe|register) (?:for|to|here|today|now)\b|join (?:our (?:news|mail|comm|chann)"
    r"|the conversation|us on)\b",
    r"get (?:our|the) (?:free |daily |weekly |latest |best |top |morning |day[’']s )+.{0,80}(?:inbox|newsletter"
    r"|email|news|alerts)",
    r"(?:follow|like|find|join) (?:us|me|@\w+) on\b|follow (?:us|@|.{2,40} coverage\b)"
    r"|follow .{2,60} on (?:twitter|facebook"
    r"|instagram|x|bluesky|mastodon)\b",
    r"(?:contact|email|e-mail|write to|reach) (?:us|the (?:author|writer|reporter|editor|newsroom))\b",
    r"(?:click|tap) (?:here|to|on|this)\b|(?:read|see|watch|listen|related|more|also|see also|read more"
    r"|read also)(?: more)?\s?[:>»|]",
    r"read (?:the full|our) (?:story|article|coverage|report|policy|guide)\b|see also\b",
    r"(?:©|\(c\)|copyright\b).{0,80}(?:\d{4}|reserved|©)|.{0,60}\ball rights reserved",
    r"this (?:article|story|report|column|piece|post|page) (?:was|has been|is) (?:first|originally|last|also"
    r"|re)\s?(?:published|updated|posted|appeared)",
    r"this (?:article|story|report|column|post) (?:has been|was) (?:updated|corrected|amended)\b|privacy notice:"
    r"|(?:a version"
    r"|an earlier version) of this (?:article|story)\b",
    r"(?:do you have|have|got) (?:a|any) (?:news )?(?:tip|story|information|question)s?\b.{0,200}\b(?:contact"
    r"|e-?mail|call|write|touch|know|send)\b",
    r"(?:send|e-?mail) (?:us |your )?(?:tips|letters|comments|feedback|questions)\b|report (?:a typo|an error"
    r"|this ad|a problem)",
    r"if you .{1,120}\b(?:please let us know|let us know|get in touch|contact us|e-?mail us|write to us)\b",
    r"we (?:use|value) (?:cookies|your privacy)|this (?:site|website) (?:uses|requires|is protected)",
    r"by (?:continuing|signing up|clicking|using|submitting)\b.{0,120}\byou (?:agree|accept|consent|acknowledge)",
    r"you (?:must|need to|have to) (?:be logged|log|sign|register|enable)|(?:log|sign) in to (?:comment|read|join"
    r"|leave|post|continue)",
    r"(?:you have|you[’']ve) (?:reached|read|used) .{0,60}(?:free|limit)|(?:want|to read) (?:more"
    r"|to read more)\b.{0,80}(?:sign|subscri|log)",
    r"support (?:our|independent|local|quality) journalism|donate (?:now|today|here)|thank you for (?:reading"
    r"|subscribing|signing)",
    r"the (?:views|opinions) expressed (?:in|here|are|by)|download (?:the|our) .{0,30}app\b|enjoy(?:ed"
    r"|ing)? this (?:article|story)",
)
_BOILERPLATE_START = re.compile("|".join(_STARTS), re.IGNORECASE)
_BAR = re.compile(r"(?:\|\s)?[^|›»•·/]{1,30}(?:\s[|›»•·]\s?[^|›»•·]{1,30}){2,}(?:\s\|)?")
_HEADS_LINKS = re.compile(
    r"(?:more|most|also|top stories|related|recommended|trending|you (?:may|might)|editor|topics|tags|categories"
    r"|keywords"
    r"|explore|read|see|sign up|subscribe|don[’']t miss|filed under)\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:view |show |read |all |reader |leave a |post a |add a )*\(?(?:\d[\d,]* )?comments?\)?(?: ?\(\d*\)| ?\d+"
    r"| section)?\s?:?",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"(?:[-*+•‣▪◦·–—]\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s+)\S")
_FINAL_STOP = re.compile(rf"[.!?…{WIDE_STOPS}][\"'”’»)\]」』*_]*$")
_NOT_HEADING = re.compile(r"[.;:,。｡।॥۔።။។։،؛、；：][\"'”’»)\]」』*_]*$")
_DOTTED_END = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|No|St)\.$|[.…]{2,}$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# How far from its end a line's last stop and what closes behind it are looked for.
_TAIL = 16
LONGEST_BYLINE = 160
LONGEST_AFFILIATION = 60
LONGEST_BOILERPLATE = 300
LONGEST_HEADLINE = 250
LONGEST_LINK = 120


def is_byline(line: str) -> bool:
    """Who wrote it, or when: "By Jane Doe", "Jane Doe, Staff Writer", "Published 3 March 2026"."""
    return len(line) <= LONGEST_BYLINE and bool(_BYLINE.fullmatch(line) or _STAMP.fullmatch(line))


def is_affiliation(line: str) -> bool:
    """What may stand under a byline: the office or the desk, a few words with capitals and no stop."""
    return len(line) <= LONGEST_AFFILIATION and is_title_case(line) and not ends_with_stop(line)


def is_name(line: str) -> bool:
    """Whether the line is nothing but names of people, as a byline without "By" is."""
    return len(line) <= LONGEST_AFFILIATION and " " in line and bool(_NAMES_ONLY.fullmatch(line))


def is_sign_off(line: str) -> bool:
    """Who reported and edited, as agencies write below a story."""
    if len(line) > LONGEST_BOILERPLATE:
        return False
    low = line.lower()
    return ("by" in low or "contr" in low) and _SIGN_OFF.fullmatch(line) is not None


def is_boilerplate(line: str) -> bool:
    """What the page says about itself: comments, sharing, newsletters, copyright."""
    return len(line) <= LONGEST_BOILERPLATE and bool(_BOILERPLATE.fullmatch(line) or _BOILERPLATE_START.match(line))


def is_bar(line: str) -> bool:
    """Whether short words stand between bars: a page's navigation, or a row of a table."""
    return len(line) <= LONGEST_BOILERPLATE and not ends_with_stop(line) and bool(_BAR.fullmatch(line))


def is_comments_heading(line: str) -> bool:
    """A heading below which only readers' comments follow."""
    return bool(_COMMENTS.fullmatch(line))


def heads_links(line: str) -> bool:
    """Whether links or the parts of a form can follow: a heading for related stories, an offer to sign up."""
    return bool(_HEADS_LINKS.match(line))


def is_link(line: str) -> bool:
    """Whether the line can be the text of a link: short, with no stop."""
    return len(line) <= LONGEST_LINK and not ends_with_stop(line) and not line.endswith(":")


def is_list_item(line: str) -> bool:
    """Whether the line begins with a bullet or a number of its own."""
    return bool(_LIST_ITEM.match(line))


def ends_with_stop(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_FINAL_STOP.search(line, max(0, len(line) - _TAIL)))


def is_title_case(line: str) -> bool:
    """Whether most words of four letters and more begin with a capital."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def is_heading(line: str) -> bool:
    """Whether the line can be a headline: not long, no final full stop (an abbreviation's does not count)."""
    if len(line) > LONGEST_HEADLINE or is_list_item(line) or not _WORD.search(line):
        return False
    return not _NOT_HEADING.search(line) or bool(_DOTTED_END.search(line)) or is_title_case(line)


def is_subheading(line: str) -> bool:
    """Whether the line can be a deck under the headline or a heading between paragraphs: no final stop at all."""
    return is_heading(line) and not ends_with_stop(line) and not line.endswith((":", ";", ","))
