//! Folds letters and digits to others.

/// The two letters that are also written for a letter.
pub(super) struct Umlaut(pub(super) &'static str);

/// The folding of letters that Unicode does not decompose into a letter and a mark, but that
/// people type without the mark.
///
/// Arabic and Persian are folded as by Lucene's `ArabicNormalizer` and `PersianNormalizer`: forms
/// of alef, yeh, kaf and heh become one each, a teh marbuta becomes a heh. A hamza or a madda
/// above, which those fold too, was already removed as a mark.
pub(super) fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' | 'ɗ' | 'ɖ' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ȷ' => "j",
        'ƙ' => "k",
        'ł' | 'ƚ' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        'ƒ' => "f",
        'ɓ' | 'ƀ' => "b",
        'ƴ' => "y",
        'ς' => "σ",
        'ٱ' => "ا",
        'ى' | 'ی' | 'ے' => "ي",
        'ک' | 'ڪ' => "ك",
        'ة' | 'ہ' | 'ھ' | 'ە' => "ه",
        // The ligatures of Yiddish.
        '\u{5F0}' => "וו",
        '\u{5F1}' => "וי",
        '\u{5F2}' => "יי",
        '\u{66B}' => ".",
        '\u{66C}' => ",",
        '\u{2044}' => "/",
        c => return number(c),
    })
}

/// The two letters that are also written for a folded grapheme that still has its mark.
pub(super) fn umlaut(lower: &str) -> Option<Umlaut> {
    Some(Umlaut(match lower {
        "ä" => "ae",
        "ö" | "ø" => "oe",
        "ü" => "ue",
        "å" => "aa",
        _ => return None,
    }))
}

/// The zero of each script whose digits Unicode does not fold; the other digits follow it.
const ZEROS: [u32; 45] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x1E950,
];

/// The first character of each row of white or filled circled numbers, the last, and the first
/// number. Unicode folds only the other circled numbers.
const CIRCLES: [(u32, u32, u32); 6] = [
    (0x24EB, 0x24F4, 11),
    (0x24F5, 0x24FE, 1),
    (0x24FF, 0x24FF, 0),
    (0x2776, 0x277F, 1),
    (0x2780, 0x2789, 1),
    (0x278A, 0x2793, 1),
];

const NUMBERS: [&str; 21] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20",
];

/// The ASCII number of a digit of any script or of a number in a circle.
fn number(c: char) -> Option<&'static str> {
    if c.is_ascii() || !c.is_numeric() {
        return None;
    }
    let code = u32::from(c);
    let digit = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code));
    if let Some(zero) = digit {
        return NUMBERS.get((code - zero) as usize).copied();
    }
    let circles = CIRCLES.iter();
    let mut circles = circles.filter(|(first, last, _)| (*first..=*last).contains(&code));
    let (first, _, number) = circles.next()?;
    NUMBERS.get((number + code - first) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_has_ten_digits_from_its_zero_on() {
        for zero in ZEROS {
            for digit in 0..10 {
                let c = char::from_u32(zero + digit).unwrap();
                assert!(c.is_numeric(), "{zero:x}");
                assert_eq!(number(c), Some(digit.to_string().as_str()));
            }
            let before = char::from_u32(zero - 1).unwrap();
            assert_eq!(number(before), None, "{zero:x}");
        }
    }

    #[test]
    fn a_number_in_a_circle_is_that_number() {
        for (circle, expected) in [
            ('⓫', "11"),
            ('⓴', "20"),
            ('⓵', "1"),
            ('⓿', "0"),
            ('❶', "1"),
            ('➓', "10"),
        ] {
            assert_eq!(number(circle), Some(expected));
        }
        assert_eq!(number('½'), None);
    }
}
