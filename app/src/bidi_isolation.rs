//! User-supplied text within a translated sentence.

use leptos::prelude::*;

/// Placeholder for the text. U+FDD0 is a noncharacter, so no sentence contains it.
const PLACEHOLDER: &str = "\u{FDD0}";

/// A sentence with a user-supplied text in its placeholder. The text is wrapped in `bdi`, so that
/// its direction does not affect the sentence (Unicode UAX 9, 2.7; HTML, 4.5.24).
pub(crate) fn with_isolated(sentence: fn(&str) -> String, words: &str) -> AnyView {
    let sentence = sentence(PLACEHOLDER);
    let (before, behind) = sentence.split_once(PLACEHOLDER).unwrap_or((&sentence, ""));
    view! {
        {before.to_owned()}
        <bdi>{words.to_owned()}</bdi>
        {(!behind.is_empty()).then(|| behind.to_owned())}
    }
    .into_any()
}
