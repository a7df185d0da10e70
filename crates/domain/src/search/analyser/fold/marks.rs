//! Marks and invisible characters that do not change the letter.

/// Keeps two letters from being joined.
pub(super) const NON_JOINER: char = '\u{200C}';

/// The marks of Latin, Greek and Cyrillic, the vowel points and cantillation signs of Arabic and
/// Hebrew, and the stroke that lengthens an Arabic word. Marks of other scripts make another
/// letter: a vowel in Devanagari, another consonant in kana.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        // Latin, Greek, Cyrillic.
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        // Hebrew.
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}'
        | '\u{5C7}'
        // Arabic.
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{897}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}')
}

/// Characters that only affect how text is displayed or where a line may break. The joiner inside
/// an emoji is not among them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
        | NON_JOINER | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Letters of the Arabic script.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8C9}')
}
