//! Digits and signs as keyboards of the world give them, folded to ASCII.

use crate::unicode;

/// The decimal point of numbers in Arabic script. It is not folded, because a point and a comma of
/// ASCII can also separate groups of digits.
pub(crate) const DECIMAL_SEPARATOR: char = '\u{66B}';
/// What separates groups of digits in Arabic script. It is not folded, because a comma of ASCII can
/// also be a decimal point.
pub(crate) const GROUP_SEPARATOR: char = '\u{66C}';

/// The text with full-width letters, digits and signs, decimal digits of any script, dashes, spaces
/// and apostrophes as ASCII has them, but for [`DECIMAL_SEPARATOR`] and [`GROUP_SEPARATOR`]. Each
/// character stays one character.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The text with its full-width letters, digits and signs as ASCII has them.
pub(crate) fn narrow(text: &str) -> String {
    text.chars().map(|c| full_width(c).unwrap_or(c)).collect()
}

/// The character of ASCII that is meant, or the character itself.
pub(crate) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let known = full_width(c).or_else(|| sign(c));
    known.or_else(|| unicode::decimal_digit(c)).unwrap_or(c)
}

/// A full-width form, or the full stop that keyboards for Chinese and Japanese give.
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
        // The long vowel of Japanese stands on the key of the hyphen.
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
