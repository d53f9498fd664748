from __future__ import annotations

import unicodedata

import pytest

from annotator.model.language.languages import guessed_language, language_tag, primary

PARAGRAPHS = {
    "en": "The bridge closed at dawn after engineers found two loose cables, the harbour master said on Monday.",
    "fr": "Le pont a été fermé à l’aube après que des ingénieurs ont vu deux câbles détendus, selon la mairie.",
    "de": "Die Brücke wurde am Morgen gesperrt, nachdem zwei lose Seile gefunden worden waren, teilte die Stadt mit.",
    "es": "El puente se cerró al amanecer después de que los ingenieros vieran dos cables sueltos, dijo la alcaldesa.",
    "pt": "A ponte foi fechada ao amanhecer depois que os engenheiros encontraram dois cabos soltos, disse a prefeita.",
    "it": "Il ponte è stato chiuso all’alba dopo che gli ingegneri hanno visto due cavi lenti, ha detto la sindaca.",
    "nl": "De brug is bij zonsopgang gesloten nadat ingenieurs twee losse kabels hadden gevonden, zei de havenmeester.",
    "sv": "Bron stängdes i gryningen efter att ingenjörer hade hittat två lösa kablar, sade hamnkaptenen på måndagen.",
    "pl": "Most zamknięto o świcie, po tym jak inżynierowie znaleźli dwa luźne kable, powiedziała burmistrz.",
    "tr": "Mühendisler iki gevşek halat bulduktan sonra köprü şafakta kapatıldı, dedi liman başkanı.",
    "vi": "Cây cầu đã bị đóng cửa vào lúc bình minh sau khi các kỹ sư phát hiện hai dây cáp bị lỏng.",
    "ru": "Мост закрыли на рассвете после того, как инженеры обнаружили два ослабленных троса, сообщила мэр.",
    "uk": "Міст закрили на світанку після того, як інженери виявили два ослаблені троси, повідомила мерка.",
    "bg": "Мостът беше затворен призори, след като инженерите откриха две разхлабени въжета, каза кметът.",
    "el": "Η γέφυρα έκλεισε την αυγή αφού οι μηχανικοί βρήκαν δύο χαλαρά καλώδια.",
    "ar": "أغلق الجسر عند الفجر بعد أن عثر المهندسون على كابلين مرتخيين، كما قالت رئيسة البلدية.",
    "fa": "پل سپیده‌دم بسته شد، پس از آنکه مهندسان دو کابل شل پیدا کردند، شهردار گفت.",
    "he": "הגשר נסגר עם שחר לאחר שמהנדסים מצאו שני כבלים רפויים.",
    "hi": "इंजीनियरों को दो ढीले तार मिलने के बाद पुल को सुबह बंद कर दिया गया, महापौर ने कहा।",
    "ja": "技術者が緩んだケーブルを二本見つけたため、橋は夜明けに閉鎖された。",
    "zh": "工程师发现两根松动的缆绳后，大桥于黎明时分关闭。",
    "ko": "기술자들이 느슨한 케이블 두 개를 발견한 뒤 다리가 새벽에 폐쇄됐다.",
    "th": "สะพานถูกปิดในตอนเช้าหลังจากวิศวกรพบสายเคเบิลหลวมสองเส้น",
}


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_a_paragraph_is_enough_to_know_a_language_by(code: str) -> None:
    assert guessed_language(PARAGRAPHS[code]) == code


def test_letters_that_were_taken_apart_say_the_same() -> None:
    assert guessed_language(unicodedata.normalize("NFD", "Le café est fermé, dit la mairie de Besançon.")) == "fr"


@pytest.mark.parametrize(
    "text", ["", "4 : 2", "Sela 2026", "“…”", "Kim Lee", "北京", PARAGRAPHS["en"] + PARAGRAPHS["de"]]
)
def test_nothing_is_guessed_where_one_cannot_be_sure(text: str) -> None:
    assert guessed_language(text) == ""


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("de_AT", "de-AT"),
        ("pt-br", "pt-BR"),
        ("EN", "en"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("sr_latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("ger", "de"),
        ("iw", "he"),
        ("no", "nb"),
        ("English", "en"),
        ("en_US.UTF-8", "en-US"),
        ("de, en", "de"),
        (" fr ", "fr"),
        ("und", ""),
        ("", ""),
        ("x-default", ""),
        ("<b>", ""),
        ("a language", ""),
    ],
)
def test_tags_are_written_as_bcp_47_writes_them(given: str, tag: str) -> None:
    assert language_tag(given) == tag
    assert language_tag(tag) == tag


def test_a_region_is_no_other_language() -> None:
    assert [primary(tag) for tag in ("de-AT", "pt_BR", "EN", "")] == ["de", "pt", "en", ""]
