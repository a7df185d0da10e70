//! Why a field is refused, in English.

mod account;
mod catalogue;
mod quota;

use types::{Field, Reason};

pub(super) use self::quota::quota_sentence;

/// Why the value of this field is refused, as an instruction.
pub(super) fn sentence(field: Field, reason: Reason) -> String {
    let known = account::sentence(field, reason);
    known.unwrap_or_else(|| catalogue::sentence(field, reason))
}

/// [`sentence`] for fields of account forms; empty for all others. It does not link the sentences of
/// the catalogue, which are in the chunk of the studio.
pub(super) fn account_sentence(field: Field, reason: Reason) -> String {
    account::sentence(field, reason).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_by_example() {
        let text = "Enter an address like name@example.org.";
        let (field, reason) = (Field::EmailAddress, Reason::NotAnEmailAddress);
        assert_eq!(sentence(field, reason), text);
        assert_eq!(account_sentence(field, reason), text);
        assert_eq!(
            account_sentence(Field::Password, Reason::TooShort(12)),
            "Use at least 12 characters."
        );
    }

    #[test]
    fn what_is_missing_is_asked_for_by_its_name() {
        assert_eq!(
            account_sentence(Field::FirstName, Reason::Required),
            "Enter a name."
        );
        assert_eq!(sentence(Field::Title, Reason::Required), "Enter a title.");
        assert_eq!(
            sentence(Field::OfferUrl(3), Reason::Required),
            "Enter a link."
        );
        assert_eq!(
            sentence(Field::Slug, Reason::Taken),
            "This one is taken already. Choose another."
        );
    }
}
