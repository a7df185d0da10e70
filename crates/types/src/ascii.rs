//! Folding of digits and punctuation from other keyboards to ASCII.

use crate::unicode;

/// The decimal separator of Arabic script. It is not folded: in ASCII both a point and a comma can
/// separate groups of digits instead.
pub(crate) const DECIMAL_SEPARATOR: char = '\u{66B}';
/// The thousands separator of Arabic script. It is not folded: in ASCII a comma can be a decimal
/// separator instead.
pub(crate) const GROUP_SEPARATOR: char = '\u{66C}';

/// Folds full-width characters, decimal digits of any script, dashes, spaces and apostrophes to ASCII,
/// except [`DECIMAL_SEPARATOR`] and [`GROUP_SEPARATOR`]. The number of characters stays the same.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Folds full-width characters only.
pub(crate) fn narrow(text: &str) -> String {
    text.chars().map(|c| full_width(c).unwrap_or(c)).collect()
}

/// The ASCII equivalent of a character; the character itself if there is none.
pub(crate) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let known = full_width(c).or_else(|| sign(c));
    known.or_else(|| unicode::decimal_digit(c)).unwrap_or(c)
}

/// The ASCII character of a full-width form, or of the full stop of Chinese and Japanese keyboards.
fn full_width(c: char) -> Option<char> {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        '。' | '｡' => Some('.'),
        '\u{FE6B}' => Some('@'),
        _ => None,
    }
}

fn sign(c: char) -> Option<char> {
    Some(match c {
        '、' | '､' | '\u{FE50}' | '\u{60C}' => ',',
        '\u{FE52}' => '.',
        '\u{FE55}' | '\u{FE13}' | '\u{2236}' | '\u{A789}' => ':',
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{2032}' => '\'',
        // On Japanese keyboards the long vowel mark shares a key with the hyphen.
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{FE58}'
        | '\u{FE63}'
        | 'ー'
        | 'ｰ' => '-',
        '\u{FE69}' => '$',
        '￠' => '¢',
        '￡' => '£',
        '￥' => '¥',
        '￦' => '₩',
        _ if c.is_whitespace() => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_ascii() {
        for (typed, expected) in [
            ("１９，９９", "19,99"),
            ("１：２３", "1:23"),
            ("١٬٢٣٤٫٥٠", "1\u{66C}234\u{66B}50"),
            ("१२३", "123"),
            ("２０２６ー０１−０１", "2026-01-01"),
            ("1\u{202F}234’50", "1 234'50"),
            ("￥１，０００", "¥1,000"),
            ("ＥＵＲ　５", "EUR 5"),
            ("été ②²½", "été ②²½"),
        ] {
            assert_eq!(folded(typed), expected);
            assert_eq!(folded(typed).chars().count(), typed.chars().count());
        }
        assert_eq!(narrow("ａ＠ｂ．ｃ。ｄ ٣’–"), "a@b.c.d ٣’–");
    }
}
