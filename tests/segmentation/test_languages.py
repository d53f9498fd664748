"""Sentences in other languages than English: invented examples with their language, split where the bars are."""

from __future__ import annotations

import pytest

from annotator.segmentation import sentence_spans

UNSPACED = ("ja", "zh", "my")

ABBREVIATIONS = [
    ("de", "Er nannte »z. B. die Brücke« und »ca. 60 Boote«. |»Dr. Kohl kommt.« |Sie kam nicht."),
    (None, "Er nannte »z. B. die Brücke« und ›Dr. Kohl‹."),
    ("de", "Am Hbf. Köln warten Reisende. |Sie stehen am Bhf. |Niemand kommt."),
    (
        "de",
        "Es kostet 3 Mio. Euro.|Dazu kommen 2 Mrd. Franken.|Prof. Dr. med. Vale, Frl. Krug und die Fa. Horn schweigen.",
    ),
    ("de", "Sie lief bis km 8 usw. |Danach hielt sie an."),
    (
        "fr",
        "MM. Vidal et Roux et le Pr. Noir sont venus.|Ils habitent av. Foch.|Il est né en 480 av. J.-C. à Sparte.",
    ),
    (
        "es",
        "El Excmo. Sr. Prado y la Dra. Ruiz viven en la avda. Mar.|Nació (n. 3 de mayo de 1950) en EE. UU. y volvió.",
    ),
    ("pt", "O dep. Melo e a eng. Lima saíram.|Ninguém riu."),
    ("pt", "O Exmo. Sr. Melo e a Dra. Lima moram na av. Central, aprox. 300 m daqui.|O art. 5.º não muda."),
    ("it", "Il sig. Neri e l'avv. Bruni aspettano l'on. Galli.|L'art. 12 vale ancora.|Costa 4 mln. di euro."),
    ("nl", "De bisschop, mgr. Jan Vos, en dr. B. de Wit kwamen.|Mevr. Smit bleef bijv. thuis."),
    ("sv", "Bron stängdes kl. 14.|Ca. 300 pers. väntade, bl.a. A. I. Ek.|De gick hem."),
    ("da", "Hr. Krag og fru Holm kom kl. 9.|De boede bl.a. i Ribe."),
    ("nb", "Ca. 40 kom, bl.a. K. Dahl.|De ble til kl. 22."),
    ("fi", "Paikalla oli n. 200 ihmistä, esim. Prof. Salo.|He lähtivät klo 9."),
    (
        "pl",
        "Szpital im. Anny Wilk stoi przy ul. Morskiej i kaplicy św. Jana.|Kosztował ok. 5 tys. zł.|Zapłacił prof. Kos.",
    ),
    ("cs", "Pan prof. Novák a Ing. Malá přišli např. v 9 hod. ráno.|Odešli brzy."),
    (
        "ru",
        "Г. Орлов живёт в г. Псков, ул. Мира, д. 5.|По словам А. Б. Лескова, нет.|Он родился в 1950 г. |Потом уехал.",
    ),
    ("ru", "Были хлеб, соль и т.д. |Все ушли.|В 2020 г. рубль упал."),
    ("ru", "В XX в. Псков вырос.|В 1990-х гг. Орлов уехал.|Это было в XX в. |Потом он вернулся."),
    ("uk", "Він жив у м. Львів на вул. Тихій.|Проф. Ткач мовчав."),
    ("el", "Ο κ. Βάλης και η κα. Ρήγα ήρθαν, π.χ. με πλοίο.|Έφυγαν."),
    ("tr", "Prof. Dr. Ece Kaya ve Av. Ali Can geldi.|2. Köprü açıldı."),
    ("ar", "قال د. سامي إنه لا يعرف.|ثم ذهب."),
    ("hi", "वे 3.5 कि.मी. चले।|रु. 500 दिए।"),
    ("hi", "डॉ. वर्मा और प्रो. राव आए।|बी. सी. में पुल बंद है।"),
    ("hu", "Dr. Kiss és ifj. Nagy pl. Győrben lakik.|Elmentek."),
    ("vi", "TS. Lan và TP. Huế mở cầu.|Mọi người đi qua."),
    ("id", "Bpk. Ir. Budi tinggal di Jl. Melati, kec. Timur.|Ia pergi."),
    ("lt", "Prof. Kaunas gimė 1950 m. Vilniuje.|Jis gyveno A. Mickaus g. 5."),
    ("ro", "Dl. Pop și d-na. Rus au plătit 5 mil. lei.|Au plecat."),
]

ORDINALS = [
    ("de", "Er kam am 12. 3. in Bonn an. |Am 4. 10. ging er."),
    ("de", "Am 3. Mai kam der 17. Bürgermeister über die 2. Brücke.|Friedrich II. Weber war dabei."),
    ("de", "Sie wurde 3. |Die Sieger gingen."),
    ("de", "Am 3. 5. 2020 zog sie in die Hauptstr. 5. |Er folgte ihr."),
    ("de", "Es war das Jahr von Karl V. Weber, nicht von Karl IV. |Der König schwieg."),
    ("tr", "Sultan II. Murat geldi.|Yıl 1421."),
    ("cs", "Přišel Karel IV. Lucemburský do č. p. 5. |Stálo to hodně."),
    ("da", "Den 2. Verdenskrig endte kl. 14. |Freden kom."),
    ("es", "Vivió en el s. XX. |En el cap. IV muere."),
    ("pl", "W 1990 r. Wilk wyjechał.|Wrócił w 1995 r. |Zima była długa."),
    (None, "Am 3. Mai kam der 17. Bürgermeister über die 2. Brücke.|Er blieb."),
    (None, "There were 17. |Buses came."),
]

QUOTATIONS = [
    ("ja", "「橋は安全です。|誰も心配していません。」と市長は話した。|船は出た。"),
    ("ja", "「なぜ？」と記者は尋ねた。|「もう遅い。」|とても静かだ。"),
    ("ja", "橋は落ちた!|誰もいない。|値は３．１４です。|（詳細は後日。）|以上．|終わり"),
    ("zh", "“不！”他喊道。|“我们看了。|没有人。”她说："),
    ("zh", "“谁知道呢？”。|船走了。|“走吧。”|船开了。"),
    ("fr", "« Non ! », a crié Vidal.|« Pourquoi ? » demanda-t-elle.|« Oui. » |Il partit."),
    ("de", "„Warum?“, fragte Krug.|„Nein!“ rief sie.|»Wir gehen.« |»Ich bleibe.« |Er ging."),
    ("pl", "- Dlaczego? - zapytał Wilk.|- Nie wiem.|- Jak to! - żachnęła się."),
    ("pt", "— Não sei — disse a Sra. Lima.|— E agora? — perguntou o Sr. Melo.|Ninguém riu."),
    ("nl", ",,We zagen niets. '' |De burgemeester zweeg.|,,Ga weg.'' |Hij ging."),
    ("hi", '"क्यों?" वर्मा ने पूछा।|"नहीं।" |राव ने कहा कि पुल बंद है।'),
    ("ar", "«لماذا؟» سأل سامي.|ثم ذهب."),
    ("tr", "“Neden?” Ece sordu.|Kimse bilmiyordu."),
    ("ko", '"안 돼요!" 시장은 소리쳤다.|"다리는 무너졌다."라고 그는 말했다.|모두 떠났다.'),
    ("he", "“למה?” שאל דן.|איש לא ידע."),
    ("fa", "«چرا؟» سامان پرسید.|کسی نمی‌دانست."),
    ("ja", "モーニング娘。の歌だ。|のちに彼は去った。"),
    ("zh", "他说：“好。”|她问：“为什么？”|没人回答。"),
    ("zh", "「不！」他喊道。|《跑吧！船长》是新片。|没人去看。"),
    ("en", "She called it “a gift to the town.” (Prado 55). |Nobody laughed."),
]

STOPS = [
    ("hy", "Կամուրջը փակ է։|Ոչ ոք չգիտի։"),
    ("hy", "Կամուրջը փակ է: |Ոչ ոք չգիտի: |Ասում է՝ այո:"),
    ("am", "ድልድዩ ተዘግቷል።|ማንም አያውቅም፧|ለምን።"),
    ("my", "တံတားပိတ်သည်။|ဘယ်သူမှမသိပါ။"),
    ("km", "ស្ពានបានបិទ។|គ្មាននរណាដឹងទេ។"),
    ("ur", "پل بند ہو گیا۔|کیوں؟|کوئی نہیں جانتا۔"),
    ("hi", "पुल बंद है।|क्यों?|कोई नहीं जानता॥"),
    ("el", "Γιατί; |Κανείς δεν ξέρει· ίσως αύριο.|«Πότε;» ρώτησε ο Βάλης.|Έφυγε."),
    ("el", "Γιατί\u037e |Κανείς δεν ξέρει."),
    (None, "Γιατί; |Κανείς."),
    ("ka", "ხიდი დაიხურა.|რატომ?|არავინ იცის."),
    ("es", "La torre cayó; |Los vecinos huyeron.|Leyó «Hoy», «El Faro»; El Faro cerró."),
    ("en", "The tower fell; The Times said so."),
]

NOTES = [
    ("en", "It fell in 2010.13 |The minister left.¹² |Nobody stayed.[13] |It was late.[a][4] |The end."),
    ("en", "It was “a success.”12 |The tide turned.3,4 |They left."),
    ("en", "It weighs 3.14 Tonnes by their scale, v2.13 Beta too."),
    ("fr", "Le pont est tombé.[3] |Personne n’est mort.⁴⁻⁵ |Il pleut."),
]

ADDRESSES = [
    ("en", "Write to Ana.Prado@example.com. |She reads p. 55 first."),
    ("da", "Skriv til Ana.Holm@example.com. |Se p. 55 og tel. 12 34."),
]

SMALL_LETTERS = [
    ("it", "La giunta ha deciso la vendetta. |messo in ginocchio, il sindaco tace."),
    ("sv", "Hon fick 15 procent av rösterna. |år 1970 var det fler."),
    ("pl", "Uważa tak 57 proc. społeczeństwa i zach. skrzydło."),
    ("en", "The approx. five tons of misc. goods floated away. |they sank later."),
    ("es", "Hay 7 hab. / km² en la isla."),
]


@pytest.mark.parametrize(
    ("language", "marked"), [*ABBREVIATIONS, *ORDINALS, *QUOTATIONS, *STOPS, *NOTES, *ADDRESSES, *SMALL_LETTERS]
)
def test_sentences_end_where_a_reader_of_the_language_ends_them(language: str | None, marked: str) -> None:
    pieces = marked.split("|")
    text = "".join(piece if piece[-1:] == " " or language in UNSPACED else f"{piece} " for piece in pieces).rstrip()
    assert [text[start:end] for start, end in sentence_spans(text, language)] == [piece.strip() for piece in pieces]


def test_zero_width_characters_are_trimmed_and_joiners_and_directional_marks_stay() -> None:
    text = "\ufeffThe tide rose.\u200b \u2060She left.\u200b\n\u200f\u0645\u200c.\u200e"
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        "The tide rose.",
        "She left.",
        "\u200f\u0645\u200c.\u200e",
    ]
