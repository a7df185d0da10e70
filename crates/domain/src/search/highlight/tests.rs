use proptest::prelude::*;

use super::{LOOKED_AT, TextSegment, highlight, snippet};
use crate::search::QueryWords;

fn shown(segments: &[TextSegment]) -> String {
    let mark = |segment: &TextSegment| match segment.is_match {
        true => format!("[{}]", segment.text),
        false => segment.text.clone(),
    };
    segments.iter().map(mark).collect()
}

#[test]
fn what_was_found_is_marked_as_it_stands() {
    for (text, typed, expected) in [
        ("Star Wars", "star", "[Star] Wars"),
        ("Star Wars", "wars st", "[Star] [Wars]"),
        ("Stardust", "st", "[Stardust]"),
        ("Stardust", "st ", "Stardust"),
        ("Die Straße", "strass", "Die [Straße]"),
        ("Amélie", "AMELIE", "[Amélie]"),
        ("Ame\u{301}lie", "amé", "[Ame\u{301}lie]"),
        ("AC/DC live", "acdc", "[AC/DC] live"),
        ("AC/DC live", "dc ", "AC/[DC] live"),
        ("L'Avventura", "avventura", "L'[Avventura]"),
        ("24-70mm", "24 70 ", "[24]-[70]mm"),
        ("8½", "1/2", "8[½]"),
        ("東京物語", "京 物", "東[京物]語"),
        ("Müller", "mueller", "[Müller]"),
        ("Der Mueller", "müller", "Der [Mueller]"),
        ("Lens cap", "lenses", "[Lens] cap"),
        ("PS 5 stand", "ps5", "[PS 5] stand"),
        ("Wi Fi antenna", "wifi", "[Wi Fi] antenna"),
        ("wifi router", "wi-fi router", "[wifi] [router]"),
        ("GoPro™ Hero", "gopro hero", "[GoPro]™ [Hero]"),
        ("مُحَمَّد", "محمد", "[مُحَمَّد]"),
        ("Star Wars", "", "Star Wars"),
        ("", "star", ""),
    ] {
        let segments = highlight(text, &QueryWords::parse(typed));
        assert_eq!(shown(&segments), expected, "{text} {typed}");
    }
}

#[test]
fn a_snippet_shows_what_was_found_and_a_little_around_it() {
    let text = "It was the best of times, it was the worst of times, it was the age of wisdom";
    for (typed, most, expected) in [
        ("worst", 30, "…the [worst] of times, it was…"),
        ("best", 30, "It was the [best] of times, it…"),
        ("wisdom", 30, "…it was the age of [wisdom]"),
        ("nothing", 20, "It was the best of…"),
        (
            "worst",
            1000,
            "It was the best of times, it was the [worst] of times, it was the age of wisdom",
        ),
    ] {
        let segments = snippet(text, &QueryWords::parse(typed), most);
        assert_eq!(shown(&segments), expected, "{typed}");
    }
}

#[test]
fn only_the_beginning_of_a_text_is_looked_at() {
    const { assert!(LOOKED_AT <= 4096, "marking happens for every hit of a page") };
    let words = QueryWords::parse("star");
    let text = "a day ".repeat(LOOKED_AT / 6) + "of a star" + &" in the night".repeat(700);
    assert_eq!(shown(&snippet(&text, &words, 20)), "a day a day a day…");
    let text = "a day ".repeat(LOOKED_AT / 7) + "of a star" + &" in the night".repeat(700);
    assert!(shown(&snippet(&text, &words, 20)).contains("[star]"));
    let text = "star ".to_owned() + &"\u{FDFA}".repeat(10_000);
    let segments = snippet(&text, &words, 160);
    assert!(shown(&segments).starts_with("[star] "));
    let shown: String = segments
        .iter()
        .map(|segment| segment.text.as_str())
        .collect();
    assert!(shown.chars().count() <= 160 && shown.ends_with('…'));
    let segments = highlight(&text, &words);
    let whole: String = segments
        .iter()
        .map(|segment| segment.text.as_str())
        .collect();
    assert_eq!(whole, text);
}

/// Words of realistic texts, and arbitrary strings.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "Straße",
            "ᵀᴹ",
            "PS 5",
            "צה\"ל",
            "می\u{200C}خواهم",
            "مُحَمَّد",
            "10²",
            "GoPro™",
            "Müller",
            "AC/DC",
            "don't",
            "24-70mm",
            "f/2.8",
            "東京タワー",
            "👩\u{200D}🚀",
            "½",
            "हिन्दी",
            "e\u{301}\u{300}",
            "\u{AD}",
            "\u{200D}",
            "İ",
            "ﷺ",
            "…",
            "\r\n",
            "'",
            "-",
            "1,000",
            "한국어",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec((word, prop::bool::ANY), 0..12).prop_map(|words| {
        let joined = words
            .into_iter()
            .map(|(word, blank)| if blank { word + " " } else { word });
        joined.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_segments_are_the_text(text in text(), typed in text()) {
        let segments = highlight(&text, &QueryWords::parse(&typed));
        let whole: String = segments.iter().map(|segment| segment.text.as_str()).collect();
        prop_assert_eq!(whole, text);
        prop_assert!(segments.iter().all(|segment| !segment.text.is_empty()));
        let alternate = segments.windows(2).all(|two| two[0].is_match != two[1].is_match);
        prop_assert!(alternate);
    }

    #[test]
    fn a_word_of_a_text_is_marked_in_it(text in text()) {
        let words = QueryWords::parse(&text);
        let is_marked = highlight(&text, &words).iter().any(|segment| segment.is_match);
        prop_assert_eq!(is_marked, !words.is_empty());
    }

    #[test]
    fn a_snippet_is_short_and_a_part_of_the_text(text in text(), typed in text(), most in 0..40_usize) {
        use unicode_segmentation::UnicodeSegmentation as _;
        let segments = snippet(&text, &QueryWords::parse(&typed), most);
        let whole: String = segments.iter().map(|segment| segment.text.as_str()).collect();
        prop_assert!(whole.graphemes(true).count() <= most.max(2));
        let inner: String = segments
            .iter()
            .filter(|segment| segment.text != "…")
            .map(|segment| segment.text.as_str())
            .collect();
        prop_assert!(text.replace('…', "").contains(&inner.replace('…', "")));
    }

    #[test]
    fn no_token_is_anything_that_an_index_could_take_for_two(text in text()) {
        for token in super::analyser::tokens(&text) {
            let length = token.text.chars().count();
            prop_assert!((1..=40).contains(&length));
            let is_plain = |c: char| !c.is_whitespace() && !c.is_control();
            prop_assert!(token.text.chars().all(is_plain));
            prop_assert!(text.get(token.range).is_some_and(|there| !there.is_empty()));
        }
    }
}
