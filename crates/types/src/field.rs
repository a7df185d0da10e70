//! Fields of forms, and why a value in one is refused.

use serde::{Deserialize, Serialize};

/// A field of a form; its name is the same in HTML, in JSON and in log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `email_address`
    EmailAddress,
    /// `password`
    Password,
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
}

impl Field {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::EmailAddress => "email_address",
            Self::Password => "password",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
        }
    }
}

/// Why a value is refused. Lengths count Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is nothing in it.
    Required,
    /// It does not have the shape of an address.
    NotAnEmailAddress,
    /// It has fewer than this many.
    TooShort(u16),
    /// It has more than this many.
    TooLong(u16),
    /// It contains control or invisible characters.
    HiddenCharacters,
    /// The password contains the local part of the address.
    ContainsAddress,
    /// The password is one character, repeated.
    Repeated,
    /// The password is the product's name.
    ProductName,
    /// The password is among the common ones.
    Common,
    /// An account with this address exists.
    Taken,
}

/// The refused fields of one form, in the order in which a person meets them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<(Field, Reason)>);

impl FieldErrors {
    /// One refused field.
    pub fn one(field: Field, reason: Reason) -> Self {
        Self(vec![(field, reason)])
    }

    /// Notes why `field` is refused, and gives the value of one that is not.
    pub fn note<T>(&mut self, field: Field, checked: Result<T, Reason>) -> Option<T> {
        checked.map_err(|reason| self.0.push((field, reason))).ok()
    }

    /// Why `field` is refused, if it is.
    pub fn get(&self, field: Field) -> Option<Reason> {
        let (_, reason) = self.0.iter().find(|(refused, _)| *refused == field)?;
        Some(*reason)
    }

    /// Whether nothing is refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refused fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (Field, Reason)> + '_ {
        self.0.iter().copied()
    }
}
