use super::*;
use crate::{
    catalogue::VideoInput,
    field::{Field, Reason},
};

fn refused(text: &str) -> Vec<(Field, Reason)> {
    let video = VideoInput {
        title: "A".to_owned(),
        chapters: ChaptersInput::Typed(text.to_owned()),
        ..VideoInput::default()
    };
    video.check().unwrap_err().iter().collect()
}

#[test]
fn json_gives_rows_and_a_form_gives_a_text() {
    let parse = |json| serde_json::from_str::<ChaptersInput>(json);
    let rows = parse(r#"[{"start": 0, "title": "Hello"}]"#).unwrap();
    assert_eq!(rows.rows()[0].title, "Hello");
    assert_eq!(rows.text(), "0:00 Hello");
    let typed = parse("\"0:00 Hello\\r\\n\\r\\nx\"").unwrap();
    assert_eq!(typed.text(), "0:00 Hello\n\nx");
    assert_eq!(typed.rows().len(), 2);
    for json in ["7", "{}", "[1]", "null"] {
        assert!(parse(json).is_err(), "{json}");
    }
}

#[test]
fn chapters_are_read_as_people_write_them() {
    let text =
        "\r\n0:00 Intro\r\n 1:23 - How it works \r\n\r\n1:02:03 — Ende\n2:00:00\tTab\n3:00:00";
    let read: Vec<_> = read_lines(text)
        .into_iter()
        .map(|chapter| (chapter.start.text(), chapter.title))
        .collect();
    let read: Vec<_> = read
        .iter()
        .map(|(start, title)| (start.as_str(), title.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("0:00", "Intro"),
            ("1:23", "How it works"),
            ("1:02:03", "Ende"),
            ("2:00:00", "Tab"),
            ("3:00:00", ""),
        ]
    );
}

#[test]
fn lists_of_chapters_have_many_forms() {
    for (line, start, title) in [
        ("(0:00) Intro", "0:00", "Intro"),
        ("[0:00] Intro", "0:00", "Intro"),
        ("{0:00} Intro", "0:00", "Intro"),
        ("<0:00> Intro", "0:00", "Intro"),
        ("【0:00】Intro", "0:00", "Intro"),
        ("( 0:00 ): Intro", "0:00", "Intro"),
        ("Intro 0:00", "0:00", "Intro"),
        ("Intro - 0:00", "0:00", "Intro"),
        ("Intro – 1:02:03", "1:02:03", "Intro"),
        ("Intro: 0:00", "0:00", "Intro"),
        ("Intro, 0:00", "0:00", "Intro"),
        ("Intro | 0:00", "0:00", "Intro"),
        ("Intro -0:00", "0:00", "Intro"),
        ("Intro-0:00", "0:00", "Intro"),
        ("Intro @ 0:00", "0:00", "Intro"),
        ("Intro ..... 0:00", "0:00", "Intro"),
        ("Intro\t0:00", "0:00", "Intro"),
        ("Intro (0:00)", "0:00", "Intro"),
        ("Intro [0:00]", "0:00", "Intro"),
        ("Intro 0:00 - 1:23", "0:00", "Intro"),
        ("Intro (0:00–1:23)", "0:00", "Intro"),
        ("0:00: Intro", "0:00", "Intro"),
        ("0:00. Intro", "0:00", "Intro"),
        ("0:00) Intro", "0:00", "Intro"),
        ("0:00-Intro", "0:00", "Intro"),
        ("0:00|Intro", "0:00", "Intro"),
        ("0:00 : Intro", "0:00", "Intro"),
        ("0:00 -> Intro", "0:00", "Intro"),
        ("0:00 => Intro", "0:00", "Intro"),
        ("0:00 ► Intro", "0:00", "Intro"),
        ("0:00 • Intro", "0:00", "Intro"),
        ("00:00:00 | Intro", "00:00:00", "Intro"),
        ("0:00 - 1:23 Intro", "0:00", "Intro"),
        ("0:00–1:23 Intro", "0:00", "Intro"),
        ("0:00-1:23 Intro", "0:00", "Intro"),
        ("0:00 - 1:23 - Intro", "0:00", "Intro"),
        ("0:00 - 1:23: Intro", "0:00", "Intro"),
        ("0:00 → 1:23 Intro", "0:00", "Intro"),
        ("0:00 ~ 1:23 Intro", "0:00", "Intro"),
        ("0:00 to 1:23 Intro", "0:00", "Intro"),
        ("(0:00 - 1:23) Intro", "0:00", "Intro"),
        ("[0:00–1:23]: Intro", "0:00", "Intro"),
        (
            "00:00:00,000 --> 00:00:05,000 Intro",
            "00:00:00,000",
            "Intro",
        ),
        ("1. 0:00 Intro", "0:00", "Intro"),
        ("1) 0:00 Intro", "0:00", "Intro"),
        ("(1) 0:00 Intro", "0:00", "Intro"),
        ("01 - 0:00 Intro", "0:00", "Intro"),
        ("1: 0:00 Intro", "0:00", "Intro"),
        ("#1 0:00 - Intro", "0:00", "Intro"),
        ("1\u{FE0F}\u{20E3} 0:00 Intro", "0:00", "Intro"),
        ("12. (0:00) Intro", "0:00", "Intro"),
        ("• 0:00 Intro", "0:00", "Intro"),
        ("•0:00 Intro", "0:00", "Intro"),
        ("- 0:00 Intro", "0:00", "Intro"),
        ("– 0:00 – Intro", "0:00", "Intro"),
        ("* 0:00 Intro", "0:00", "Intro"),
        ("► 0:00 Intro", "0:00", "Intro"),
        ("▶\u{FE0F} 0:00 Intro", "0:00", "Intro"),
        ("🎬 0:00 Intro", "0:00", "Intro"),
        ("⏱ (0:00) Intro", "0:00", "Intro"),
        ("０：００　イントロ", "0:00", "イントロ"),
        ("（０：００）イントロ", "0:00", "イントロ"),
        ("0:00イントロ", "0:00", "イントロ"),
        ("イントロ　０：００", "0:00", "イントロ"),
        ("٠:٠٠ مقدمة", "0:00", "مقدمة"),
        ("१:२३ परिचय", "1:23", "परिचय"),
        ("\u{200B}0:00\u{200B} Intro\u{FEFF}", "0:00", "Intro"),
        ("\u{200F}0:00 Intro", "0:00", "Intro"),
        ("0:00.5 Intro", "0:00.5", "Intro"),
        ("٠:٠٠\u{66B}٥ Intro", "0:00.5", "Intro"),
        ("Intro ٠:٠٠\u{66B}٥", "0:00.5", "Intro"),
        // Digits of a title are kept.
        ("Top 10 0:30", "0:30", "Top 10"),
        ("1984 2:00", "2:00", "1984"),
        ("0:30 Top 10", "0:30", "Top 10"),
        ("2:00 1984", "2:00", "1984"),
        ("0:30 10 Tipps", "0:30", "10 Tipps"),
        ("0:30 1. Platz", "0:30", "1. Platz"),
        ("1:00 Psalm 23:4", "1:00", "Psalm 23:4"),
        // Only a later time is the end of a range.
        ("2:00 - 16:9 explained", "2:00", "16:9 explained"),
        ("2:00 – 16:9", "2:00", "16:9"),
        ("2:00 to 16:9", "2:00", "to 16:9"),
        ("1:00 - 4:3 vs 16:9", "1:00", "4:3 vs 16:9"),
        ("1:00 - 3:60 pm", "1:00", "3:60 pm"),
        (
            "10:00 - 9:41 The first iPhone",
            "10:00",
            "9:41 The first iPhone",
        ),
        ("1:00 - 1:00 again", "1:00", "1:00 again"),
        ("1:00 - 2:5:00 x", "1:00", "2:5:00 x"),
        ("1:00 - 1:00.5 Flash", "1:00", "Flash"),
        ("59:59 - 1:00:00 Finale", "59:59", "Finale"),
        ("1:00 2:00 Uhr", "1:00", "2:00 Uhr"),
        ("1:00 Open 9:00-17:00", "1:00", "Open 9:00-17:00"),
        ("1. FC Köln 0:30", "0:30", "1. FC Köln"),
        ("C++ 0:30", "0:30", "C++"),
        ("Wait... 0:30", "0:30", "Wait..."),
        ("What? 0:30", "0:30", "What?"),
        ("0:30 -5 °C", "0:30", "-5 °C"),
        ("0:30 ...and action", "0:30", "...and action"),
        ("0:30 (live) Song", "0:30", "(live) Song"),
        ("83 Intro", "83", "Intro"),
        ("83 - Intro", "83", "Intro"),
    ] {
        let read = read_lines(line);
        assert_eq!(read.len(), 1, "{line}");
        assert_eq!(
            (read[0].start.text().as_str(), read[0].title.as_str()),
            (start, title),
            "{line}"
        );
        assert_eq!(read_lines(&write_lines(&read)), read, "{line}");
    }
    assert_eq!(read_lines("\u{200B}\n \u{FEFF}\r\n\u{2800}"), []);
}

#[test]
fn a_line_with_a_time_inside_of_it_is_refused() {
    for line in [
        "Intro 0:00 and more",
        "Ratio 16:99",
        "Intro 10:00am",
        "Intro +1:00",
        "x1:00 Intro",
        "1:23\u{66C}5 Intro",
        "1\u{66C}1:00 Intro",
        "Intro 1\u{66B}1:00",
        "Intro \u{66C}1:00",
        "\u{66B}1:00 Intro",
    ] {
        let refused = refused(line);
        assert_eq!(
            refused,
            [(Field::ChapterStart(0), Reason::NotATime)],
            "{line}"
        );
        assert_eq!(write_lines(&read_lines(line)), line);
    }
}

#[test]
fn a_line_without_a_time_is_refused_and_kept() {
    let text = "0:00 Intro\nHow it works\n-1:00 a";
    assert_eq!(
        refused(text),
        [
            (Field::ChapterStart(1), Reason::NotATime),
            (Field::ChapterStart(2), Reason::NotATime),
        ]
    );
    assert_eq!(write_lines(&read_lines(text)), text);
}
