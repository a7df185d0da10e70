//! Reasons for refusing a value.

use serde::{Deserialize, Serialize};

/// Why a value is refused. Lengths are in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is empty.
    Required,
    /// It is not an email address.
    NotAnEmailAddress,
    /// It is shorter than this.
    TooShort(u16),
    /// It is longer than this.
    TooLong(u16),
    /// It contains control characters, or ones that set the direction of text.
    HiddenCharacters,
    /// The password contains the local part of the address.
    ContainsAddress,
    /// The password is one character, repeated.
    Repeated,
    /// The password is the product's name.
    ProductName,
    /// The password is among the common ones.
    Common,
    /// It is used by another entity: an account has this address, a page this slug, a retailer this domain.
    Taken,
    /// The list has more than this many rows.
    TooMany(u16),
    /// It is not a slug: lower-case letters, digits and single hyphens between them.
    NotASlug,
    /// It is not a link to a public page.
    NotAWebLink,
    /// It is an `http` link, which others on the network can read and change.
    NotHttps,
    /// It is not a link to a video.
    NotAVideoLink,
    /// It is not an amount of money.
    NotAPrice,
    /// It has more decimals than this, the number of its currency.
    TooManyDecimals(u16),
    /// It has the sign or the code of another currency.
    OtherCurrency,
    /// It is not the code of a currency in use.
    NotACurrency,
    /// It is not a GTIN: 8, 12, 13 or 14 digits.
    NotAGtin,
    /// The check digit is wrong.
    WrongCheckDigit,
    /// It is not a time within a video.
    NotATime,
    /// It is not a date.
    NotADay,
    /// The chapter does not start after the one before it.
    NotAfterPrevious,
    /// The end is before the start.
    EndsBeforeStart,
    /// It is after the end of the video.
    BeyondDuration,
    /// Another row of the list has the same value.
    Duplicate,
    /// There is no such entity, or it belongs to another account.
    Unknown,
    /// The link leads to no known retailer.
    UnknownRetailer,
    /// It is not a domain of the public internet.
    NotADomain,
    /// It is a public suffix, below which everybody can register names.
    PublicSuffix,
    /// It is reserved for the operator.
    Reserved,
}
