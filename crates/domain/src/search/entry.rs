//! What can be found.

use types::catalogue::EntityKind;

use super::{
    analyser::{self, Form, Token},
    words::Field,
};

/// One thing that can be found. Derived from documents; may be rebuilt at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique among all kinds, such as `vid_…`; at most 512 bytes of visible ASCII.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The id of its artist: an artist's own, and of a retailer the artist that has proposed it.
    pub artist: String,
    /// Whether everybody may find it.
    pub is_public: bool,
    /// Rises with every change of anything that the entry is made from; at most 2⁶³ − 1. Of two
    /// entries with the same version, the later one stays.
    pub version: u64,
    /// Whether it is deleted: it keeps the version, and is found in [`Scope::Deleted`] alone.
    ///
    /// [`Scope::Deleted`]: super::Scope::Deleted
    pub is_gone: bool,
    /// Its own part of its URL.
    pub slug: String,
    /// The title or the name, as it was typed.
    pub name: String,
    /// A product's brand.
    pub brand: String,
    /// A description or a biography.
    pub text: String,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last changed, in milliseconds since 1970.
    pub updated_at: i64,
    /// By what the shops of a product's offers are known, each once.
    pub shops: Vec<String>,
    /// The ids of the products that a video places.
    pub products: Vec<String>,
}

/// What an index keeps of an entry's texts. All of it is compared byte by byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// The words of the name, sorted, each once.
    pub name: Vec<String>,
    /// The words of the brand, sorted, each once.
    pub brand: Vec<String>,
    /// The words of the text, sorted, each once.
    pub text: Vec<String>,
    /// The loose forms of the name, sorted, each once.
    pub loose_name: Vec<String>,
    /// The loose forms of the brand, sorted, each once.
    pub loose_brand: Vec<String>,
    /// The loose forms of the text, sorted, each once.
    pub loose_text: Vec<String>,
    /// The words of the name in their order, a blank behind each: what a list by name is sorted by,
    /// and what whole names and beginnings of names are compared with. At most 200 characters, and
    /// never empty.
    pub name_key: String,
}

/// Enough for every title, and little enough for a cursor to hold it in a URL.
const NAME_KEY: usize = 200;

impl Entry {
    /// The words that an index has to keep for it.
    pub fn tokens(&self) -> Tokens {
        let name = analyser::name_tokens(&self.name);
        let name_key = name_key(&name);
        let (name, loose_name) = sets(name);
        let (brand, loose_brand) = sets(analyser::name_tokens(&self.brand));
        let (text, loose_text) = sets(analyser::tokens(&self.text));
        Tokens {
            name,
            brand,
            text,
            loose_name,
            loose_brand,
            loose_text,
            name_key,
        }
    }
}

impl Tokens {
    /// The terms of a field.
    pub fn of(&self, field: Field) -> &[String] {
        match field {
            Field::Name => &self.name,
            Field::Brand => &self.brand,
            Field::Text => &self.text,
            Field::LooseName => &self.loose_name,
            Field::LooseBrand => &self.loose_brand,
            Field::LooseText => &self.loose_text,
        }
    }
}

/// The words and their other forms, and the loose ones that are not among them.
fn sets(tokens: Vec<Token>) -> (Vec<String>, Vec<String>) {
    let (loose, words): (Vec<_>, Vec<_>) = tokens
        .into_iter()
        .partition(|token| token.form == Form::Loose);
    let words = set(words);
    let mut loose = set(loose);
    loose.retain(|form| words.binary_search(form).is_err());
    (words, loose)
}

fn set(tokens: Vec<Token>) -> Vec<String> {
    let mut texts: Vec<_> = tokens.into_iter().map(|token| token.text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn name_key(tokens: &[Token]) -> String {
    let words = tokens.iter().filter(|token| token.is_word());
    key(words.map(|word| word.text.as_str()))
}

/// Words as a name key has them.
pub(super) fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    let key = words.join(" ") + " ";
    key.chars().take(NAME_KEY).collect()
}
