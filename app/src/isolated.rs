//! A sentence of ours with words of somebody else in it.

use leptos::prelude::*;

/// Stands where the words are to be. It is a noncharacter, so no text of ours holds it.
const PLACE: &str = "\u{FDD0}";

/// A sentence with words that people typed, in the place that the sentence has for them. They are
/// isolated, so that neither reorders the other (Unicode UAX 9, 2.7; HTML, 4.5.24).
pub(crate) fn isolated(sentence: fn(&str) -> String, words: &str) -> AnyView {
    let sentence = sentence(PLACE);
    let (before, behind) = sentence.split_once(PLACE).unwrap_or((&sentence, ""));
    view! {
        {before.to_owned()}
        <bdi>{words.to_owned()}</bdi>
        {(!behind.is_empty()).then(|| behind.to_owned())}
    }
    .into_any()
}
