use sha2::{Digest as _, Sha256};

use super::{INDEXED, Token, TokenForm, fold::fold, name_tokens, tokens};
use crate::search::ANALYSIS_VERSION;

fn words(text: &str) -> Vec<String> {
    let words = tokens(text).into_iter().filter(Token::is_word);
    words.map(|token| token.text).collect()
}

fn others(text: &str) -> Vec<String> {
    let others = tokens(text).into_iter();
    let others = others.filter(|token| token.form == TokenForm::Other);
    others.map(|token| token.text).collect()
}

fn loose(name: &str) -> Vec<String> {
    let loose = name_tokens(name).into_iter();
    let loose = loose.filter(|token| token.form == TokenForm::Loose);
    loose.map(|token| token.text).collect()
}

#[test]
fn words_are_what_people_take_for_words() {
    for (text, expected) in [
        ("", &[] as &[&str]),
        (" \t\n", &[]),
        ("The Snow Queen", &["the", "snow", "queen"]),
        ("Don't stop", &["dont", "stop"]),
        ("rock 'n' roll", &["rock", "n", "roll"]),
        ("the dogs' home", &["the", "dogs", "home"]),
        ("L\u{2019}Avventura", &["lavventura"]),
        ("AC/DC", &["ac", "dc"]),
        ("24-70mm f/2.8L", &["24", "70mm", "f", "2.8l"]),
        ("U.S.A.", &["u", "s", "a"]),
        ("10,000 BC", &["10", "000", "bc"]),
        ("www.example.com", &["www", "example", "com"]),
        ("snake_case", &["snake", "case"]),
        ("*:* {\"query\"}", &["query"]),
        ("!!!", &[]),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn case_marks_and_width_make_no_difference() {
    for (text, expected) in [
        ("Amélie", "amelie"),
        ("Ame\u{301}lie", "amelie"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("İstanbul ısı", "istanbul isi"),
        ("Ｆｕｌｌ", "full"),
        ("ﬁne", "fine"),
        ("ƒ/2.8", "f 2.8"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ёлка", "елка"),
        ("co\u{AD}op", "coop"),
        ("8½", "8 1 2"),
        ("α7", "α7"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn marks_that_make_another_letter_stay() {
    assert_eq!(words("ガ"), ["ガ"]);
    assert_eq!(words("हिन्दी"), ["हिन्दी"]);
    assert_eq!(words("한국어"), ["한국어"]);
}

#[test]
fn scripts_without_blanks_give_single_characters() {
    assert_eq!(words("東京タワー"), ["東", "京", "タ", "ワ", "ー"]);
    assert_eq!(words("EOS一眼レフ"), ["eos", "一", "眼", "レ", "フ"]);
}

#[test]
fn an_emoji_is_a_word() {
    assert_eq!(words("Summer 🎥!"), ["summer", "🎥"]);
    assert_eq!(words("❤\u{FE0F}"), words("❤"));
    assert_eq!(words("👩\u{200D}🚀"), ["👩\u{200D}🚀"]);
    assert_eq!(words("🎥🎬"), ["🎥", "🎬"]);
    assert_eq!(words("a \u{200D}🎥\u{200D} b"), ["a", "🎥", "b"]);
}

#[test]
fn other_forms_are_found_too() {
    for (text, expected) in [
        ("AC/DC", &["acdc"] as &[&str]),
        ("Wi-Fi", &["wifi"]),
        ("state-of-the-art", &["stateoftheart"]),
        ("wi-fi/lan", &["wifi", "filan"]),
        ("U.S.A.", &["usa"]),
        ("10,000", &["10000"]),
        ("90's", &["90s"]),
        ("L'Avventura", &["avventura"]),
        ("don't", &[]),
        ("a - b", &[]),
        ("70mm", &["70", "mm"]),
        ("f/2.8", &["f2.8"]),
        ("f2.8", &["f", "2.8"]),
        ("D850", &["d", "850"]),
        ("a1b2", &[]),
        ("2.8", &[]),
    ] {
        assert_eq!(others(text), expected, "{text}");
    }
}

#[test]
fn a_word_has_40_characters_at_most() {
    let long = "é".repeat(41);
    assert_eq!(words(&long), ["e".repeat(40)]);
    let chain = ["abcdefgh"; 6].join("-");
    assert!(others(&chain).is_empty());
}

#[test]
fn a_token_knows_where_it_stands() {
    let text = "Die Straße; ½ L\u{2019}Été 70mm";
    let found: Vec<_> = tokens(text)
        .into_iter()
        .map(|token| (token.text, &text[token.range]))
        .collect();
    let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), *b)).collect();
    assert_eq!(
        found,
        [
            ("die", "Die"),
            ("strasse", "Straße"),
            ("1", "½"),
            ("2", "½"),
            ("12", "½"),
            ("lete", "L\u{2019}Été"),
            ("ete", "Été"),
            ("70mm", "70mm"),
            ("70", "70"),
            ("mm", "mm"),
        ]
    );
}

#[test]
fn a_sign_of_a_trademark_is_no_letter() {
    for (text, expected) in [
        ("GoPro™ Hero", "gopro hero"),
        ("GoPro\u{2122}\u{FE0F} Hero", "gopro hero"),
        ("GoPro™Hero", "gopro hero"),
        ("GoPro™’s", "gopros"),
        ("GoPro™-Hero", "gopro hero"),
        ("GoProᵀᴹ", "gopro"),
        ("Speedˢᴹ Dial℠", "speed dial"),
        ("LEGO® LEGOⓇ Ⓒ LEGOᴿ ℗", "lego lego lego"),
        ("Marque🅪 Pro 🅬", "marque pro"),
        ("Ⓖⓞⓟⓡⓞ", "gopro"),
        ("1ˢᵗ Mᵐᵉ", "1st mme"),
        ("Dʳ Who Mʳ Bean MᶜCartney", "dr who mr bean mccartney"),
        ("JBLᴹᴿ Legoᶜ Poke\u{301}ᴿ", "jbl lego poke"),
        ("MacᶜLeod 3Mᵐᵈ Aᵀᴹ", "maccleod 3mmd a"),
        ("№5 a℡b", "no5 a telb"),
        ("50㎜ 20℃", "50mm 20 c"),
        ("m² 10² x₂ ①② 5①", "m2 10 2 x2 1 2 5 1"),
        ("❶ ⓬", "1 12"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
}

#[test]
fn points_and_forms_of_arabic_and_hebrew_make_no_difference() {
    for (text, expected) in [
        ("مُحَمَّد", "محمد"),
        ("محمـــد", "محمد"),
        ("آدم أحمد إبراهيم ٱلله", "ادم احمد ابراهيم الله"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("کتابی", "كتابي"),
        ("ۀ ہ ھ", "ه ه ه"),
        ("هٰذا", "هذا"),
        ("مسؤول شيئ", "مسوول شيي"),
        ("٤٢ ۴۲ ३", "42 42 3"),
        ("٢٫٥", "2.5"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("עִבְרִית", "עברית"),
        ("צה״ל צה\"ל", "צהל צהל"),
        ("תל־אביב", "תל אביב"),
        ("ג׳ירפה", "גירפה"),
        ("װײַס", "ווייס"),
    ] {
        assert_eq!(words(text).join(" "), expected, "{text}");
    }
    assert_eq!(words("می\u{200C}خواهم"), ["مي", "خواهم"]);
    assert_eq!(others("می\u{200C}خواهم"), ["ميخواهم"]);
    // In an Indic script the same character only affects how a letter is displayed.
    assert_eq!(words("क्\u{200C}ष").len(), 1);
}

#[test]
fn what_is_taken_for_an_apostrophe_is_one() {
    for sign in [
        '\'', '`', '´', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ˈ', 'ˊ', 'ˋ', '‘', '’', '‛', '′', '‵', '՚',
        'ꞌ', '❜', '＇', '｀', '\u{384}', '\u{1FBD}', '\u{1FEF}', '\u{1FFD}',
    ] {
        assert_eq!(words(&format!("Hawai{sign}i")), ["hawaii"], "{sign}");
        assert_eq!(words(&format!("{sign}okina don{sign}")), ["okina", "don"]);
    }
}

#[test]
fn loose_forms_are_kept_apart() {
    for (name, expected) in [
        ("Müller", &["mueller"] as &[&str]),
        ("Ålborg", &["aalborg"]),
        ("Mu\u{308}nchen", &["muenchen"]),
        ("Ærø", &["aeroe"]),
        ("Größe", &["groesse"]),
        ("Noël naïve", &["noelnaive"]),
        ("Blu Ray", &["bluray"]),
        ("Wi-Fi 6", &["wifi", "fi6"]),
        ("PS 5", &["ps5"]),
        ("東京", &[]),
        ("A 🎥", &[]),
    ] {
        assert_eq!(loose(name), expected, "{name}");
    }
}

#[test]
fn a_letter_that_stands_for_many_costs_no_more_than_others() {
    let text = "\u{FDFA}".repeat(10_000);
    for most in [100, 2048, INDEXED] {
        let folded = fold(&text, most);
        assert!((most..most + 20).contains(&folded.letters));
        assert!(folded.read < text.len());
    }
    let indexed: usize = tokens(&text).iter().map(|token| token.text.len()).sum();
    assert!(indexed < 4 * INDEXED, "{indexed}");
    let marks = "e".to_owned() + &"\u{315}\u{5B0}".repeat(100_000);
    assert_eq!(words(&marks), ["e"]);
    let whole = "a day ".repeat(10_000 / 6);
    assert_eq!(fold(&whole, INDEXED).read, whole.len());
}

#[test]
fn a_word_that_is_not_read_whole_is_no_word() {
    assert_eq!(fold("straw berry strawberry", 15).text, "straw berry");
    assert_eq!(fold("straw berry ", 12).text, "straw berry ");
    let one = "a".repeat(100);
    assert_eq!(fold(&one, 15).text, "a".repeat(15));
}

/// If this fails, raise [`ANALYSIS_VERSION`] and update both values here, so that existing indices are
/// rebuilt. A version that was never shipped need not be raised again.
#[test]
fn the_version_rises_with_what_is_found() {
    let text = "GoPro™ LEGOᴿ Mʳ Ⓡ №5 50㎜ 10² m² ① ❶ 8½ ƒ/2.8 f2.8 iPhone15Pro Wi-Fi AC/DC U.S.A. L'été don´t \
        Hawaiʻi Müller Ålborg Straße Łódź İstanbul ΣΊΣΥΦΟΣ Ёлка مُحَمَّد کتاب می\u{200C}خواهم ٤٢ עִבְרִית צה״ל \
        हिन्दी 한국어 東京タワー ｶﾞ Ｆｕｌｌ ﬁne 👩\u{200D}🚀 col·lecció";
    let mut digest = Sha256::new();
    for token in name_tokens(text) {
        digest.update(format!("{:?} {}\n", token.form, token.text));
    }
    let digest = digest.finalize();
    let fingerprint = u64::from_be_bytes(digest[..8].try_into().unwrap());
    assert_eq!((ANALYSIS_VERSION, fingerprint), (1, 8410373402366214267));
}
