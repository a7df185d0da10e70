//! Rejects passwords that attackers try first: common passwords, common words with a few
//! characters around them, and words of the account itself.
//!
//! The lists exist on the server only, because they are far larger than the page that would carry
//! them. There are no rules of composition (NIST SP 800-63B-4, 3.1.1.2): a password is rejected
//! because many people use it, or because it is one word with little around it.

use types::{CheckedSignUp, Password};
use zeroize::Zeroizing;

use super::word_list::{PASSWORDS, WORDS, contains};

/// Maximum length of the characters around a word for a password to count as that word, as
/// [`effective_length`] counts: a date, a year with two signs, a row of digits.
const DECORATION: usize = 9;
/// A password of at most this length, as [`effective_length`] counts, consists of repeated
/// characters and rows such as `1234` only.
const TRIVIAL: usize = 5;
/// Minimum length of a part that is repeated.
const REPEATED: usize = 12;
/// Minimum length of a word of the account that is searched for; shorter ones occur in good
/// passwords by chance.
const OWN_WORD: usize = 3;
/// The name of the product.
const PRODUCT: &str = "inspired";
/// Characters that people write in place of letters.
const LOOKALIKES: [(char, char); 10] = [
    ('@', 'a'),
    ('4', 'a'),
    ('3', 'e'),
    ('1', 'i'),
    ('!', 'i'),
    ('0', 'o'),
    ('$', 's'),
    ('5', 's'),
    ('7', 't'),
    ('8', 'b'),
];

/// True if a password is easily guessed by an attacker who knows which passwords are common, and
/// the address and the names of the account.
pub(crate) fn is_easily_guessed(form: &CheckedSignUp) -> bool {
    is_guessed(&form.password, &own_words(form))
}

fn is_guessed(password: &Password, own: &[String]) -> bool {
    let lower = Zeroizing::new(password.expose().to_lowercase());
    contains(PASSWORDS, &lower)
        || effective_length(lower.chars()) <= TRIVIAL
        || cores(&lower).any(|(core, around)| is_repetition(core) || is_one_word(core, around, own))
}

/// The words of the address, of the names and of the product, longest first.
fn own_words(form: &CheckedSignUp) -> Vec<String> {
    let address = &form.email_address;
    let names = [&form.names.first, &form.names.last];
    let names = names.into_iter().flatten();
    let names = names.map(|name| name.clone().into_string());
    // The top-level domain says nothing about the account.
    let domain = address.domain().rsplit_once('.');
    let domain = domain.map_or(address.domain(), |(domain, _)| domain);
    let texts = [address.local_part(), domain, PRODUCT].map(str::to_owned);
    let mut words = Vec::new();
    for text in texts.into_iter().chain(names) {
        let lower = text.to_lowercase();
        let parts = lower.split(|c: char| !c.is_alphabetic());
        words.extend(parts.map(str::to_owned));
        words.push(squeezed(&lower).to_string());
    }
    words.retain(|word| word.chars().count() >= OWN_WORD);
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// The text itself, and the text without what surrounds a word at its end, at its beginning and at
/// both, each with the [`effective_length`] of the characters left out. Longer surroundings than
/// [`DECORATION`] are not left out.
fn cores(lower: &str) -> impl Iterator<Item = (&str, usize)> {
    let is_around = |c: char| !c.is_alphabetic();
    let (first, last) = (0, lower.len());
    let start = last - lower.trim_start_matches(is_around).len();
    let end = lower.trim_end_matches(is_around).len();
    let ranges = [(first, last), (first, end), (start, last), (start, end)];
    ranges.into_iter().filter_map(|(start, end)| {
        let core = lower.get(start..end).filter(|core| !core.is_empty())?;
        let around = lower[..start].chars().chain(lower[end..].chars());
        let around = effective_length(around);
        (around <= DECORATION).then_some((core, around))
    })
}

/// Number of characters that neither repeat the one before them nor continue a row, up or down: 1
/// for `aaaa`, `1234` and `dcba`.
fn effective_length(chars: impl Iterator<Item = char>) -> usize {
    let mut before = None;
    let mut length = 0;
    for c in chars {
        let is_next = before.is_some_and(|before: char| u32::from(before).abs_diff(c.into()) <= 1);
        length += usize::from(!is_next);
        before = Some(c);
    }
    length
}

/// The letters and digits of a text.
fn squeezed(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// True if a text repeats a part that is itself common, or too short to be a password.
fn is_repetition(core: &str) -> bool {
    let text: Zeroizing<Vec<char>> = Zeroizing::new(squeezed(core).chars().collect());
    let is_period = |period: &usize| {
        let again = text.iter().skip(*period);
        text.iter().zip(again).all(|(one, other)| one == other)
    };
    (1..=text.len() / 2).find(is_period).is_some_and(|period| {
        let part: Zeroizing<String> = Zeroizing::new(text[..period].iter().collect());
        period < REPEATED || contains(PASSWORDS, &part)
    })
}

/// True if a text is a common word, or consists of words of the account and at most one common
/// word. `around` is the [`effective_length`] of what was left out around it.
fn is_one_word(core: &str, around: usize, own: &[String]) -> bool {
    let texts = [
        squeezed(core),
        squeezed(&spelled_out(core, 'i')),
        squeezed(&spelled_out(core, 'l')),
    ];
    texts
        .iter()
        .any(|text| is_common_word(text) || is_own(text, around, own))
}

fn is_common_word(text: &str) -> bool {
    contains(PASSWORDS, text) || contains(WORDS, text)
}

/// The text with letters in place of [`LOOKALIKES`]. `1` can stand for two letters, so the caller
/// names one of them.
fn spelled_out(text: &str, one: char) -> Zeroizing<String> {
    let letter = |c| match LOOKALIKES.iter().find(|(lookalike, _)| *lookalike == c) {
        Some(_) if c == '1' => one,
        Some((_, letter)) => *letter,
        None => c,
    };
    Zeroizing::new(text.chars().map(letter).collect())
}

fn is_own(text: &str, around: usize, own: &[String]) -> bool {
    let mut rest = Zeroizing::new(text.to_owned());
    for word in own {
        rest = Zeroizing::new(rest.replace(word.as_str(), ""));
    }
    if rest.len() == text.len() {
        return false;
    }
    let is_around = |c: char| !c.is_alphabetic();
    let core = rest.trim_matches(is_around);
    let start = rest.len() - rest.trim_start_matches(is_around).len();
    let end = (start + core.len()).min(rest.len());
    let trimmed = rest[..start].chars().chain(rest[end..].chars());
    // A run of digits as long as a password of its own is more than decoration.
    around + effective_length(trimmed) <= DECORATION
        && (effective_length(core.chars()) <= 1 || is_common_word(core))
}

#[cfg(test)]
mod tests;
