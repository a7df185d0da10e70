//! A difference between two schemas, and what it requires of existing documents.

use std::fmt;

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SchemaDifference {
    pub(super) collection: String,
    /// The path in a document: names of fields, `[]` for each element of a list, `[1]` for one of
    /// a tuple, `{}` for each value of a map, `state=live` for a variant. Empty for the whole
    /// document.
    pub(super) path: Vec<String>,
    pub(super) what: DifferenceKind,
}

/// The kind of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DifferenceKind {
    CollectionAdded,
    CollectionRemoved,
    /// The collection is listed by other fields: from these to those.
    Relisted(Vec<String>, Vec<String>),
    /// An optional field is new.
    OptionalAdded(String),
    /// A required field is new.
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
    /// The type changed: from this to that.
    Type(String, String),
    /// A keyword of the schema changed: its name, from what to what.
    Detail(String, String, String),
}

/// What a difference requires of existing documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentImpact {
    /// Nothing: they are valid.
    Nothing,
    /// A change that follows from the difference.
    Known,
    /// A decision of a person.
    Decision,
}

impl DifferenceKind {
    pub(super) fn need(&self) -> DocumentImpact {
        match self {
            Self::OptionalAdded(_)
            | Self::NowOptional
            | Self::NullAllowed
            | Self::ValuesAdded(_)
            | Self::VariantAdded(_) => DocumentImpact::Nothing,
            Self::CollectionAdded
            | Self::CollectionRemoved
            | Self::Relisted(..)
            | Self::Removed(_) => DocumentImpact::Known,
            Self::RequiredAdded(_)
            | Self::NowRequired
            | Self::NullForbidden
            | Self::ValuesRemoved(_)
            | Self::VariantRemoved(_)
            | Self::Type(..)
            | Self::Detail(..) => DocumentImpact::Decision,
        }
    }
}

impl fmt::Display for SchemaDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.collection)?;
        if !self.path.is_empty() {
            write!(f, ", `{}`", self.path.join("."))?;
        }
        write!(f, ": {}", self.what)
    }
}

impl fmt::Display for DifferenceKind {
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
