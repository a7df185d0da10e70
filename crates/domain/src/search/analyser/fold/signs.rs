//! Signs: which are the same, and which must not become letters.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Raised letters after a name that are a trademark or service mark, in lower case.
const RAISED: [&str; 2] = ["tm", "sm"];
/// Raised letters that are such a mark only at the end of a word of at least [`WORD`] letters:
/// elsewhere they belong to an abbreviation or a name, as in `Mʳ`, `Dʳ` and `Mᶜ`.
const RAISED_AT_END: [&str; 5] = ["mc", "md", "mr", "r", "c"];
/// Minimum number of letters before one of [`RAISED_AT_END`].
const WORD: usize = 3;

/// The end of the sign of a trademark, copyright or the like that begins at byte `at`. Unicode
/// maps `™` to the letters `TM`, but readers do not: `GoPro™` is called `GoPro`.
pub(super) fn end_of_trademark(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let end = at + first.len_utf8();
    let sign = match first {
        '©' | '®' | '℗' | '℠' | '™' | '\u{1F12B}' | '\u{1F12C}' | '\u{1F12F}' | '\u{1F16A}'
        | '\u{1F16B}' | '\u{1F16C}' => end,
        'Ⓒ' | 'ⓒ' | 'Ⓜ' | 'ⓜ' | 'Ⓟ' | 'ⓟ' | 'Ⓡ' | 'ⓡ' if is_alone(text, at, end) => {
            end
        }
        first if is_raised(first) => at + raised(&text[..at], rest)?,
        _ => return None,
    };
    // A variation selector may follow the sign.
    let shown = text[sign..]
        .chars()
        .take_while(|c| matches!(c, '\u{FE00}'..='\u{FE0F}'));
    Some(sign + shown.map(char::len_utf8).sum::<usize>())
}

/// True if a circled letter stands alone; adjacent circled letters are letters.
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let is_circled = |c: char| matches!(c, 'Ⓐ'..='ⓩ');
    !text[..start].ends_with(is_circled) && !text[end..].starts_with(is_circled)
}

/// The length of raised letters that are a trademark sign; those in `1ˢᵗ` are not.
fn raised(before: &str, rest: &str) -> Option<usize> {
    if before.ends_with(is_raised) {
        return None;
    }
    let end = rest.find(|c| !is_raised(c)).unwrap_or(rest.len());
    let letters: String = rest[..end].nfkc().take(3).collect();
    let letters = letters.to_lowercase();
    let is_sign = RAISED.contains(&letters.as_str())
        || RAISED_AT_END.contains(&letters.as_str()) && is_end_of_word(before, &rest[end..]);
    is_sign.then_some(end)
}

/// True if a word of at least [`WORD`] letters ends between these texts.
fn is_end_of_word(before: &str, rest: &str) -> bool {
    let letters = before.chars().rev().filter(|c| !is_combining_mark(*c));
    let word = letters.take_while(|c| c.is_alphabetic());
    word.take(WORD).count() == WORD && !rest.starts_with(char::is_alphabetic)
}

/// Superscript letters.
fn is_raised(c: char) -> bool {
    matches!(c, '\u{2B0}'..='\u{2B8}' | '\u{2E0}'..='\u{2E4}' | '\u{1D2C}'..='\u{1D6A}'
        | '\u{1D78}' | '\u{1D9B}'..='\u{1DBF}' | '\u{2071}' | '\u{207F}' | '\u{A7F2}'..='\u{A7F4}')
}

/// The sign that a similar one is folded to, because keyboards lack it or readers see no
/// difference.
pub(super) fn look_alike(c: char) -> char {
    match c {
        // Letters that are an apostrophe in Hawaiian, Ukrainian or transcribed Arabic, standalone
        // accents, quotation marks, and signs for feet and minutes.
        '\u{B4}'
        | '\u{2B9}'
        | '\u{2BB}'..='\u{2BF}'
        | '\u{2C8}'
        | '\u{2CA}'
        | '\u{2CB}'
        | '\u{2F4}'
        | '\u{374}'
        | '\u{384}'
        | '\u{55A}'
        | '\u{5F3}'
        | '\u{7F4}'
        | '\u{7F5}'
        | '\u{1FBD}'
        | '\u{1FBF}'
        | '\u{1FEF}'
        | '\u{1FFD}'
        | '\u{1FFE}'
        | '\u{2018}'
        | '\u{2019}'
        | '\u{201B}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{275B}'
        | '\u{275C}'
        | '\u{A78B}'
        | '\u{A78C}'
        | '\u{FF07}'
        | '\u{FF40}' => '\'',
        '\u{58A}' | '\u{5BE}' | '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        '\u{5F4}' => '"',
        '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' => '·',
        c => c,
    }
}

/// True if a grapheme must not be joined to the text before it: a fraction and a superscript or
/// circled number after a number, a sign that stands for a word (`℡`, `№`) after a word.
pub(super) fn stands_apart(grapheme: &str, folded: &str, before: &str) -> bool {
    if folded.contains('\u{2044}') {
        return true;
    }
    if is_number(grapheme) {
        return before.ends_with(|c: char| c.is_ascii_digit());
    }
    let is_sign = grapheme.starts_with(|c: char| !c.is_alphanumeric());
    is_sign && folded.starts_with(char::is_alphabetic) && before.ends_with(char::is_alphabetic)
}

/// True for a sign of a number that is not a digit: `²`, `①`, `½`.
pub(super) fn is_number(grapheme: &str) -> bool {
    grapheme.starts_with(|c| {
        matches!(c, '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{2089}' | '\u{2150}'..='\u{215F}'
            | '\u{2189}' | '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}'
            | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
    })
}

/// The text with a blank for each sign that readers do not take for letters, so that a
/// transliteration does not turn it into letters: `GoPro Hero` of `GoPro™ Hero`. A sign that
/// stands for letters (`№`, `㎜`) is replaced by them.
pub(crate) fn without_signs(text: &str) -> String {
    let (mut kept, mut read) = (String::with_capacity(text.len()), 0);
    for (at, c) in text.char_indices() {
        if at < read {
            continue;
        }
        if let Some(end) = end_of_trademark(text, at) {
            read = end;
            kept.push(' ');
        } else if c.is_ascii() || c.is_alphanumeric() || is_combining_mark(c) {
            kept.push(c);
        } else if let sign = look_alike(c)
            && sign.is_ascii()
        {
            kept.push(sign);
        } else {
            push_letters(c, &mut kept);
        }
    }
    kept
}

/// Appends the letters that Unicode maps a sign to, if there are any.
fn push_letters(sign: char, kept: &mut String) {
    let start = kept.len();
    kept.extend(sign.nfkc().filter(|c| c.is_alphanumeric()));
    if kept.len() == start || !kept[..start].ends_with(|c: char| c.is_ascii_digit()) {
        kept.insert(start, ' ');
    }
}
