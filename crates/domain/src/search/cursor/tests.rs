use proptest::prelude::*;

use super::{Cursor, CursorPosition, DamagedCursor, Sort};

const SORTS: [Sort; 4] = [Sort::Relevance, Sort::Name, Sort::Newest, Sort::Updated];

fn cursor(sort: Sort, score: u32, at: i64, name_key: &str, id: &str) -> Cursor {
    let (name_key, id) = (name_key.to_owned(), id.to_owned());
    let position = match sort {
        Sort::Relevance => CursorPosition::Score {
            score,
            name_key,
            id,
        },
        Sort::Name => CursorPosition::Name { name_key, id },
        Sort::Newest | Sort::Updated => CursorPosition::Time { at, id },
    };
    Cursor::new(sort, position).unwrap()
}

#[test]
fn a_place_of_another_sort_is_none() {
    let position = cursor(Sort::Name, 0, 0, "star ", "vid_1").position;
    assert_eq!(Cursor::new(Sort::Newest, position), None);
}

#[test]
fn a_damaged_cursor_is_an_error() {
    for sort in SORTS {
        let text = cursor(sort, 7, -7, "star ", "vid_1").to_string();
        for other in SORTS.into_iter().filter(|other| *other != sort) {
            assert_eq!(Cursor::parse(&text, other), Err(DamagedCursor));
        }
        for end in 0..text.len() {
            assert_eq!(Cursor::parse(&text[..end], sort), Err(DamagedCursor));
        }
        for at in 0..text.len() {
            for other in ["A", "z", "-", "=", " ", "%", "é"] {
                let damaged = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                let expected = if damaged == text {
                    Ok(())
                } else {
                    Err(DamagedCursor)
                };
                assert_eq!(Cursor::parse(&damaged, sort).map(drop), expected);
            }
        }
        assert_eq!(Cursor::parse(&format!("{text}A"), sort), Err(DamagedCursor));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cursor_is_read_as_it_was_written(
        score: u32, at: i64, name_key in "[^\0]{0,50}", id in "[!-~]{1,40}"
    ) {
        for sort in SORTS {
            let cursor = cursor(sort, score, at, &name_key, &id);
            prop_assert_eq!(Cursor::parse(&cursor.to_string(), sort), Ok(cursor));
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String) {
        for sort in SORTS {
            let _ = Cursor::parse(&text, sort);
        }
    }
}
