//! Sentences for fields of the catalogue.

use types::{Field, Reason};

/// The sentence for a reason that only the catalogue has.
pub(super) fn sentence(field: Field, reason: Reason) -> String {
    let text = match reason {
        Reason::Required => required(field),
        Reason::Taken => "This one is taken already. Choose another.",
        Reason::TooMany(max) => {
            return ["There is room for ", &max.to_string(), ". Take some out."].concat();
        }
        Reason::NotASlug => {
            "Use small letters, digits and single hyphens between them, like my-first-video."
        }
        Reason::NotAWebLink => "Enter a whole link, like https://example.org/page.",
        Reason::NotHttps => {
            "This link starts with http:, so others can read and change what it shows. Use one that \
             starts with https:."
        }
        Reason::NotAVideoLink => "Enter the link of a video, as its page gives it for sharing.",
        Reason::NotAPrice => {
            "Enter an amount like 19.90. Only a sign of the chosen currency can stand with it."
        }
        Reason::OtherCurrency => {
            "The sign in it is not one of the chosen currency. Choose the currency of this price, or \
             leave the sign out."
        }
        Reason::TooManyDecimals(0) => "This currency has no decimals. Enter a whole amount.",
        Reason::TooManyDecimals(max) => {
            return ["This currency has only ", &max.to_string(), " decimals."].concat();
        }
        Reason::NotACurrency => "Enter the three letters of a currency, like EUR.",
        Reason::NotAGtin => "Enter the 8, 12, 13 or 14 digits below the barcode, or an ISBN.",
        Reason::WrongCheckDigit => {
            "The last digit does not fit to the others. Compare it with the barcode, and enter a UPC-E \
             with all of its twelve digits."
        }
        Reason::NotATime => match field {
            Field::ChapterStart(_) => "Begin or end each line with a time, like 1:23 How it works.",
            _ => "Enter a time like 1:23 or 1:02:03.",
        },
        Reason::NotADay => "Enter a day of the calendar, like 2026-11-23.",
        Reason::NotAfterPrevious => "Each chapter starts later than the one before it.",
        Reason::EndsBeforeStart => "This is before the start.",
        Reason::BeyondDuration => "The video is not that long.",
        Reason::Duplicate => "This is in the list already.",
        Reason::Unknown => "We cannot find this any more. Choose another.",
        Reason::UnknownRetailer => "We do not know the shop of this link yet.",
        Reason::NotADomain => "Enter a domain, like example.org.",
        Reason::Reserved => "This one is kept for those who run this site. Choose another one.",
        Reason::PublicSuffix => "Many own names below this one. Enter the shop's own domain.",
        _ => "This cannot be right. Look at it once more.",
    };
    text.to_owned()
}

fn required(field: Field) -> &'static str {
    match field {
        Field::Name => "Enter a name.",
        Field::Title => "Enter a title.",
        Field::Url | Field::LinkUrl(_) | Field::ImageUrl(_) | Field::OfferUrl(_) => "Enter a link.",
        Field::LinkLabel(_) => "Enter what this link is called.",
        Field::ChapterStart(_) => "Enter when this chapter starts.",
        Field::ChapterTitle(_) => "Enter a title behind each time.",
        Field::PlacementProductId(_) | Field::AlternativeProductId(_) => "Choose a product.",
        Field::PlacementStart(_) => "Enter a start, too, or leave the end out.",
        Field::ImageAlt(_) => "Say what is in the picture, for those who do not see it.",
        Field::AttributeName(_) => "Enter what this is, like Colour.",
        Field::AttributeValue(_) => "Enter a value, like Blue.",
        Field::OfferAmount(_) => "Enter an amount.",
        Field::OfferCurrency(_) => "Choose a currency.",
        Field::Domains | Field::Domain(_) => "Enter a domain, like example.org.",
        _ => "Fill this in.",
    }
}
