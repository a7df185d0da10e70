//! The beginning of a text.

/// Maximum number of characters of an excerpt, without the ellipsis.
const MAX: usize = 140;

/// The first 140 characters of a text, cut between words if possible, with an ellipsis if something was
/// cut off.
pub fn excerpt(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX) else {
        return text.to_owned();
    };
    let start = &text[..end];
    let whole_words = start.rsplit_once(char::is_whitespace);
    let cut = whole_words.map_or(start, |(words, _)| words);
    [cut.trim_end(), "…"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(excerpt("short"), "short");
        let long = "word ".repeat(60);
        let cut = excerpt(&long);
        assert!(
            cut.ends_with("word…") && cut.chars().count() <= MAX + 1,
            "{cut}"
        );
        let without_blank = "é".repeat(200);
        assert_eq!(excerpt(&without_blank).chars().count(), MAX + 1);
    }
}
