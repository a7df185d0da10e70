//! Regular English plurals and their singulars.
//!
//! A stemmer would map both to one text, but common stemmers make `lens` a plural of `len` or keep
//! `lenses` apart from it. So both directions are guessed here; a guess that is no word finds
//! nothing.

/// Words that end like a plural and are singular.
const SINGULARS: [&str; 20] = [
    "always",
    "atlas",
    "bias",
    "bus",
    "canvas",
    "chaos",
    "christmas",
    "gas",
    "has",
    "his",
    "iris",
    "its",
    "lens",
    "news",
    "paris",
    "plus",
    "series",
    "species",
    "this",
    "was",
];
/// Minimum number of letters of a word whose plural or singular is guessed.
const SHORTEST: usize = 3;

/// The possible singulars and plurals of a word. Words with other than English letters have none.
pub(super) fn other_numbers(word: &str) -> Vec<String> {
    if word.len() < SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut others = singulars(word);
    if others.is_empty() {
        others = plurals(word);
        others.retain(|other| !SINGULARS.contains(&other.as_str()));
    }
    others.retain(|other| other.len() >= SHORTEST);
    others
}

fn singulars(word: &str) -> Vec<String> {
    let ending = |from: &str, to: &str| Some(format!("{}{to}", word.strip_suffix(from)?));
    let is_plural = word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
        && !SINGULARS.contains(&word);
    if !is_plural {
        return Vec::new();
    }
    let mut found: Vec<String> = [ending("ies", "y"), ending("ves", "f"), ending("ves", "fe")]
        .into_iter()
        .flatten()
        .collect();
    let is_hissing = |stem: &str| hisses(stem) || stem.ends_with('o');
    found.extend(ending("es", "").filter(|stem| is_hissing(stem)));
    found.extend(ending("s", ""));
    found
}

fn plurals(word: &str) -> Vec<String> {
    let ending = |from: &str, to: &str| Some(format!("{}{to}", word.strip_suffix(from)?));
    let hissing = hisses(word).then(|| format!("{word}es"));
    let mut found: Vec<String> = [
        hissing,
        ending("y", "ies"),
        ending("f", "ves"),
        ending("fe", "ves"),
        ending("o", "oes"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !hisses(word) {
        found.push(format!("{word}s"));
    }
    found
}

fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::other_numbers;

    #[test]
    fn a_plural_and_its_singular_lead_to_each_other() {
        for (one, many) in [
            ("lens", "lenses"),
            ("box", "boxes"),
            ("watch", "watches"),
            ("brush", "brushes"),
            ("bus", "buses"),
            ("camera", "cameras"),
            ("battery", "batteries"),
            ("movie", "movies"),
            ("case", "cases"),
            ("glove", "gloves"),
            ("knife", "knives"),
            ("shelf", "shelves"),
            ("photo", "photos"),
            ("potato", "potatoes"),
            ("glass", "glasses"),
            ("tripod", "tripods"),
        ] {
            assert!(other_numbers(one).contains(&many.to_owned()), "{one}");
            assert!(other_numbers(many).contains(&one.to_owned()), "{many}");
        }
    }

    #[test]
    fn what_is_no_plural_has_no_singular() {
        for word in ["glass", "bus", "lens", "iris", "series"] {
            let others = other_numbers(word);
            assert!(
                others.iter().all(|other| other.len() > word.len()),
                "{word}"
            );
        }
        assert!(!other_numbers("len").contains(&"lens".to_owned()));
        for word in ["tv", "85", "ps5", "größe", "москва", "is"] {
            assert!(other_numbers(word).is_empty(), "{word}");
        }
    }
}
