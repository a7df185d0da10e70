//! Sentences for fields of account forms.

use types::{Field, Reason};

/// The sentence for a field of an account form; `None` for a reason that only the catalogue has.
pub(super) fn sentence(field: Field, reason: Reason) -> Option<String> {
    let text = match reason {
        Reason::Required => required(field)?,
        Reason::NotAnEmailAddress => "Enter an address like name@example.org.",
        Reason::TooShort(min) => {
            return Some(["Use at least ", &min.to_string(), " characters."].concat());
        }
        Reason::TooLong(max) => {
            return Some(["Use at most ", &max.to_string(), " characters."].concat());
        }
        Reason::HiddenCharacters => {
            "There is an invisible character in it. Type it anew instead of pasting it."
        }
        Reason::ContainsAddress => "Leave out what is in your email address.",
        Reason::Repeated => "One character over and over is guessed at once. Mix some more in.",
        Reason::ProductName => "The name of this site is what is tried first. Choose other words.",
        Reason::Common => {
            "This one is easy to guess: a common one, or one word, your name or a row of characters with \
             a few around it. Take several unrelated words."
        }
        Reason::Taken if field == Field::EmailAddress => {
            "There is an account with this address already. Log in instead?"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn required(field: Field) -> Option<&'static str> {
    match field {
        Field::EmailAddress => Some("Enter your email address."),
        Field::Password => Some("Enter your password."),
        Field::FirstName | Field::LastName => Some("Enter a name."),
        _ => None,
    }
}
