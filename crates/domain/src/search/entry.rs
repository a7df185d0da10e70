//! The entries of the search index.

use types::catalogue::EntityKind;

use super::{
    analyser::{self, Token, TokenForm},
    words::IndexField,
};

/// An entry of the search index. It is derived from documents and can be rebuilt at any time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// Unique among all kinds, such as `vid_…`; at most 512 bytes of visible ASCII.
    pub id: String,
    /// The kind of the entity.
    pub kind: EntityKind,
    /// The id of its artist: for an artist its own, for a retailer that of the proposing artist.
    pub artist: String,
    /// True if public searches find it.
    pub is_public: bool,
    /// Rises with every change of the documents that the entry is derived from; at most 2⁶³ − 1.
    /// Of two entries with the same version, the later one stays.
    pub version: u64,
    /// True for a tombstone: it keeps the version, and is found only in [`Scope::Deleted`].
    ///
    /// [`Scope::Deleted`]: super::Scope::Deleted
    pub is_tombstone: bool,
    /// The slug of the entity.
    pub slug: String,
    /// The title or the name, as it was typed.
    pub name: String,
    /// The brand of a product.
    pub brand: String,
    /// The description or the biography.
    pub text: String,
    /// When the entity was created, in milliseconds since 1970.
    pub created_at: i64,
    /// When the entity was last changed, in milliseconds since 1970.
    pub updated_at: i64,
    /// Lookup keys of the retailers in a product's offers, retailer ids and domains, each once.
    pub retailer_keys: Vec<String>,
    /// The ids of the products that a video places.
    pub products: Vec<String>,
}

/// The terms that an index stores for an entry. They are compared byte by byte.
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
    /// The words of the name in their order, each followed by a blank: the sort key of lists by
    /// name, and what whole names and prefixes of names are compared with. 1 to 200 characters.
    pub name_key: String,
}

/// Maximum length of a name key: enough for every title, and short enough for a cursor in a URL.
const NAME_KEY: usize = 200;

impl IndexEntry {
    /// The terms that an index stores for this entry.
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
    pub fn of(&self, field: IndexField) -> &[String] {
        match field {
            IndexField::Name => &self.name,
            IndexField::Brand => &self.brand,
            IndexField::Text => &self.text,
            IndexField::LooseName => &self.loose_name,
            IndexField::LooseBrand => &self.loose_brand,
            IndexField::LooseText => &self.loose_text,
        }
    }
}

/// The words with their other forms, and the loose forms that are not among them.
fn sets(tokens: Vec<Token>) -> (Vec<String>, Vec<String>) {
    let (loose, words): (Vec<_>, Vec<_>) = tokens
        .into_iter()
        .partition(|token| token.form == TokenForm::Loose);
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

/// The name key of these words.
pub(super) fn key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    let key = words.join(" ") + " ";
    key.chars().take(NAME_KEY).collect()
}
