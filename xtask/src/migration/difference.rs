//! A difference between two shapes, and what it asks of the documents that are there.

use std::fmt;

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) collection: String,
    /// Where in a document: names of fields, `[]` for each of a list, `[1]` for one of a tuple, `{}`
    /// for each of a map, `state=live` for those of a variant. Empty for the whole.
    pub(super) path: Vec<String>,
    pub(super) what: What,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    CollectionAdded,
    CollectionRemoved,
    /// It is listed by other fields: from these to those.
    Relisted(Vec<String>, Vec<String>),
    /// A field that may be missing.
    OptionalAdded(String),
    /// A field that has to be there.
    RequiredAdded(String),
    Removed(String),
    NowRequired,
    NowOptional,
    NullAllowed,
    NullForbidden,
    ValuesAdded(Vec<String>),
    ValuesRemoved(Vec<String>),
    VariantAdded(String),
    VariantRemoved(String),
    /// It is something else: from this to that.
    Type(String, String),
    /// A word of the schema: which, from what to what.
    Detail(String, String, String),
}

/// What a difference asks of the documents that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// They fit.
    Nothing,
    /// It is known what happens to them.
    Known,
    /// Somebody has to decide.
    Decision,
}

impl What {
    pub(super) fn need(&self) -> Need {
        match self {
            Self::OptionalAdded(_)
            | Self::NowOptional
            | Self::NullAllowed
            | Self::ValuesAdded(_)
            | Self::VariantAdded(_) => Need::Nothing,
            Self::CollectionAdded
            | Self::CollectionRemoved
            | Self::Relisted(..)
            | Self::Removed(_) => Need::Known,
            Self::RequiredAdded(_)
            | Self::NowRequired
            | Self::NullForbidden
            | Self::ValuesRemoved(_)
            | Self::VariantRemoved(_)
            | Self::Type(..)
            | Self::Detail(..) => Need::Decision,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.collection)?;
        if !self.path.is_empty() {
            write!(f, ", `{}`", self.path.join("."))?;
        }
        write!(f, ": {}", self.what)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CollectionAdded => f.write_str("new"),
            Self::CollectionRemoved => f.write_str("gone"),
            Self::Relisted(from, to) => {
                write!(
                    f,
                    "was listed by [{}], now by [{}]",
                    from.join(", "),
                    to.join(", ")
                )
            }
            Self::OptionalAdded(kind) => write!(f, "new, may be missing ({kind})"),
            Self::RequiredAdded(kind) => write!(f, "new, has to be there ({kind})"),
            Self::Removed(kind) => write!(f, "gone (was {kind})"),
            Self::NowRequired => f.write_str("has to be there now"),
            Self::NowOptional => f.write_str("may be missing now"),
            Self::NullAllowed => f.write_str("may be null now"),
            Self::NullForbidden => f.write_str("may not be null any more"),
            Self::ValuesAdded(values) => write!(f, "may also be {}", values.join(", ")),
            Self::ValuesRemoved(values) => write!(f, "may not be {} any more", values.join(", ")),
            Self::VariantAdded(name) => write!(f, "new variant `{name}`"),
            Self::VariantRemoved(name) => write!(f, "the variant `{name}` is gone"),
            Self::Type(from, to) => write!(f, "was {from}, is {to}"),
            Self::Detail(word, from, to) => write!(f, "`{word}` was {from}, is {to}"),
        }
    }
}
