//! Unicode properties.
//!
//! The server uses the tables of `icu_properties`. They are too large for WebAssembly, which knows only
//! the most common characters and leaves the others to the server.

pub(crate) use tables::{decimal_digit, is_ignorable, is_variation_selector};

#[cfg(not(target_family = "wasm"))]
mod tables {
    use icu_properties::{
        CodePointMapData, CodePointSetData,
        props::{DefaultIgnorableCodePoint, GeneralCategory, VariationSelector},
    };

    /// Whether a character is invisible by itself (`Default_Ignorable_Code_Point`).
    pub(crate) fn is_ignorable(c: char) -> bool {
        CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
    }

    /// Whether a character selects the form of the one before it (`Variation_Selector`).
    pub(crate) fn is_variation_selector(c: char) -> bool {
        CodePointSetData::new::<VariationSelector>().contains(c)
    }

    /// The ASCII digit with the same value, if the character is a decimal digit (`General_Category=Nd`).
    pub(crate) fn decimal_digit(c: char) -> Option<char> {
        let categories = CodePointMapData::<GeneralCategory>::new();
        let is_digit = |code: u32| categories.get32(code) == GeneralCategory::DecimalNumber;
        let code = u32::from(c);
        if !is_digit(code) {
            return None;
        }
        // Unicode guarantees that decimal digits are in ascending runs from 0 to 9.
        let mut value = 0;
        while is_digit(code - value - 1) {
            value += 1;
        }
        char::from_digit(value % 10, 10)
    }
}

#[cfg(target_family = "wasm")]
mod tables {
    /// The characters that are commonly copied along.
    pub(crate) fn is_ignorable(c: char) -> bool {
        matches!(c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    }

    pub(crate) fn is_variation_selector(_: char) -> bool {
        false
    }

    pub(crate) fn decimal_digit(_: char) -> Option<char> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_of_any_script_has_its_value() {
        for digits in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "०१२३४५६७८९",
            "０１２３４５６７８９",
            "၀၁၂၃၄၅၆၇၈၉",
            "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
            "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
            "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙",
        ] {
            let folded: Option<String> = digits.chars().map(decimal_digit).collect();
            assert_eq!(folded.as_deref(), Some("0123456789"), "{digits}");
        }
        for c in "aé²①Ⅷ一百½৴".chars() {
            assert_eq!(decimal_digit(c), None, "{c}");
        }
    }

    #[test]
    fn what_shows_nothing_is_known() {
        for c in "\u{AD}\u{34F}\u{61C}\u{115F}\u{17B4}\u{180B}\u{200B}\u{200D}\u{2060}\u{3164}\u{FE0F}\u{FEFF}\u{FFA0}\u{E007F}\u{E0100}".chars() {
            assert!(is_ignorable(c), "{c:?}");
        }
        assert!(!"aé 𠜎".chars().any(is_ignorable));
        assert!(
            "\u{FE0E}\u{E01EF}\u{180C}"
                .chars()
                .all(is_variation_selector)
        );
    }
}
