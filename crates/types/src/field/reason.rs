//! Why a value is refused.

use serde::{Deserialize, Serialize};

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
    /// It belongs to another: an account has this address, a page this short name, a shop this domain.
    Taken,
    /// The list has more than this many rows.
    TooMany(u16),
    /// It is not of lower-case letters, digits and single hyphens between them.
    NotASlug,
    /// It is not a link to a public place on the web.
    NotAWebLink,
    /// It is a link, but one that anybody on the way can read and change.
    NotHttps,
    /// It is not a link to a video.
    NotAVideoLink,
    /// It is not an amount of money.
    NotAPrice,
    /// Its currency has only this many decimals.
    TooManyDecimals(u16),
    /// It has the sign or the code of another currency.
    OtherCurrency,
    /// It is not the code of a currency in use.
    NotACurrency,
    /// It is not the number of an article: 8, 12, 13 or 14 digits.
    NotAGtin,
    /// The last digit of the number does not fit to the others.
    WrongCheckDigit,
    /// It is not a time within a video.
    NotATime,
    /// It is not a day of the calendar.
    NotADay,
    /// The chapter does not start after the one before it.
    NotAfterPrevious,
    /// The end is before the start.
    EndsBeforeStart,
    /// It is later than the video is long.
    BeyondDuration,
    /// Another row of the list says the same.
    Twice,
    /// There is none of this name, or it belongs to somebody else.
    Unknown,
    /// The link does not lead to a shop that is known here.
    ShopUnknown,
    /// It is not the name of a place on the internet.
    NotADomain,
    /// Everybody can have a name below it, so it belongs to no shop.
    PublicSuffix,
    /// It is kept for those who run this site.
    Reserved,
}
