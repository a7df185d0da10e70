use super::{Token, tokens};

fn words(text: &str) -> Vec<String> {
    let words = tokens(text).into_iter().filter(Token::is_word);
    words.map(|token| token.text).collect()
}

fn others(text: &str) -> Vec<String> {
    let others = tokens(text).into_iter().filter(|token| !token.is_word());
    others.map(|token| token.text).collect()
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
