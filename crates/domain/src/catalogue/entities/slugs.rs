//! Derives slugs from names.

use types::catalogue::Slug;

use crate::search::without_signs;

/// Number of digits of the entity's id in the slug of a name without letters.
const FALLBACK_DIGITS: usize = 8;

/// The slug of a name, with at least `min` and at most `max` characters. A name without a letter
/// that can be transliterated gets a slug made of `id`. Signs such as `™` are dropped.
pub(crate) fn derive(name: &str, id: &str, length: (u16, u16)) -> Option<Slug> {
    of_text(&without_signs(name), id, length)
}

/// The slug of the former rule, which transliterated signs too, such as `tm` for `™`.
pub(crate) fn derive_with_signs(name: &str, id: &str, length: (u16, u16)) -> Option<Slug> {
    of_text(name, id, length)
}

fn of_text(name: &str, id: &str, (min, max): (u16, u16)) -> Option<Slug> {
    let (kind, digits) = id.split_once('_')?;
    let mut text = shorten(&slug::slugify(name), usize::from(max));
    if text.len() < usize::from(min) {
        let end = &digits[digits.len().saturating_sub(FALLBACK_DIGITS)..];
        let name = if text.is_empty() { kind } else { &text };
        text = format!("{name}-{end}");
    }
    Slug::parse(&text, min, max).ok().flatten()
}

/// A slug with the last digits of `id` appended, to make it unique.
pub(crate) fn extend(slug: &Slug, id: &str, (min, max): (u16, u16)) -> Option<Slug> {
    let (_, digits) = id.split_once('_')?;
    let end = &digits[digits.len().saturating_sub(FALLBACK_DIGITS)..];
    let text = shorten(slug.as_str(), usize::from(max) - FALLBACK_DIGITS - 1);
    Slug::parse(&format!("{text}-{end}"), min, max)
        .ok()
        .flatten()
}

/// Cuts at the last whole word that fits.
fn shorten(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let cut = &text[..max];
    let is_whole_word = text.as_bytes()[max] == b'-';
    let end = if is_whole_word {
        max
    } else {
        cut.rfind('-').unwrap_or(max)
    };
    cut[..end].trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn derived(name: &str) -> String {
        let id = "art_0192aaaabbbbccccddddeeeeffff0001";
        derive(name, id, (3, 20)).unwrap().as_str().to_owned()
    }

    #[test]
    fn a_slug_reads_like_the_name() {
        for (name, slug) in [
            ("Ada Lovelace", "ada-lovelace"),
            ("  Ærøskøbing & Co. ", "aeroskobing-co"),
            ("Søren – «Nº 5»", "soren-no-5"),
            ("Москва", "moskva"),
            ("A very long name of an artist", "a-very-long-name-of"),
            ("Antidisestablishmentarianism", "antidisestablishment"),
        ] {
            assert_eq!(derived(name), slug);
        }
    }

    #[test]
    fn a_sign_is_no_letter() {
        for (name, slug) in [
            ("GoPro™ Hero 12", "gopro-hero-12"),
            ("GoPro\u{2122}\u{FE0F} Hero", "gopro-hero"),
            ("GoProᵀᴹ Hero", "gopro-hero"),
            ("GoPro™Hero", "gopro-hero"),
            ("Speed℠ Dial℗", "speed-dial"),
            ("LEGO® 42", "lego-42"),
            ("LEGOⓇ 42", "lego-42"),
            ("© 2026 Ada", "2026-ada"),
            ("Marque 🅪 Pro", "marque-pro"),
            ("Lens for £5", "lens-for-5"),
            ("Summer 🎥", "summer"),
            ("20℃ to 30℃", "20c-to-30c"),
            ("50㎜ lens", "50mm-lens"),
            ("Søren №5", "soren-no5"),
            ("1ˢᵗ film", "1st-film"),
            ("Dʳ Who", "dr-who"),
            ("LEGOᴿ 42", "lego-42"),
            ("Don´t panic", "don-t-panic"),
        ] {
            assert_eq!(derived(name), slug, "{name}");
        }
    }

    #[test]
    fn a_name_without_letters_gets_a_slug_all_the_same() {
        assert_eq!(derived("!!!"), "art-ffff0001");
        assert_eq!(derived("™ 🎥"), "art-ffff0001");
        assert_eq!(derived("U2"), "u2-ffff0001");
    }

    #[test]
    fn a_reserved_slug_gets_the_end_of_the_id() {
        let id = "art_0192aaaabbbbccccddddeeeeffff0001";
        let slug = derive("Admin", id, (3, 20)).unwrap();
        assert_eq!(
            extend(&slug, id, (3, 20)).unwrap().as_str(),
            "admin-ffff0001"
        );
    }

    proptest! {
        #[test]
        fn every_name_has_a_slug(name in "\\PC{0,80}") {
            let id = "vid_0192aaaabbbbccccddddeeeeffff0001";
            let slug = derive(&name, id, (1, 80)).unwrap();
            prop_assert!(!slug.as_str().is_empty() && slug.as_str().len() <= 80);
        }
    }
}
