//! The sentences of `/v1`, always in English.

use std::borrow::Cow;

use app::quota_sentence;
use axum::http::StatusCode;
use types::{Field, Problem, Reason};

/// Maximum number of code points of a typed value that a sentence repeats.
const REPEATED: usize = 254;

/// The default sentence of a status.
pub(crate) fn of_status(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "The browser (or proxy) sent a request that this server could not understand.",
        401 => {
            "The server could not verify that you are authorized to access the URL requested. You \
             either supplied the wrong credentials (e.g. a bad password), or your browser doesn't \
             understand how to supply the credentials required."
        }
        403 => {
            "You don't have the permission to access the requested resource. It is either \
             read-protected or not readable by the server."
        }
        404 => {
            "The requested URL was not found on the server. If you entered the URL manually please \
             check your spelling and try again."
        }
        405 => "The method is not allowed for the requested URL.",
        408 => {
            "The server closed the network connection because the browser didn't finish the \
             request within the specified time."
        }
        409 => {
            "A conflict happened while processing the request. The resource might have been \
             modified while the request was being processed."
        }
        412 => "The precondition on the request for the URL failed positive evaluation.",
        413 => "The data value transmitted exceeds the capacity limit.",
        415 => "The server does not support the media type or the coding of the request's content.",
        421 => "The request was sent to a server that does not answer for this host.",
        422 => "The request was understood, but what it says cannot be accepted.",
        428 => "This request is required to be conditional; try using \"If-Match\".",
        429 => "This user has exceeded an allotted request count. Try again later.",
        501 => "The server does not support the functionality that the request requires.",
        503 => {
            "The server is temporarily unable to service your request due to maintenance downtime \
             or capacity problems. Please try again later."
        }
        _ => {
            "The server encountered an internal error and was unable to complete your request. \
             Either the server is overloaded or there is an error in the application."
        }
    }
}

/// The sentence of a problem; `None` if that of its status is sufficient.
pub(super) fn of_problem(problem: &Problem) -> Option<Cow<'static, str>> {
    let sentence = match problem {
        Problem::Full(full) => return Some(quota_sentence(*full).into()),
        Problem::BadCredentials => "Unknown email_address or bad password",
        Problem::SignupClosed => "Sign-up is closed.",
        Problem::CrossSite => "The request came from another site.",
        Problem::StalePage => "The page belongs to another version of the server.",
        Problem::Conflict => "It has been changed since you read it. Here is how it is now.",
        Problem::Unversioned => "Say which version you change: send its ETag as If-Match.",
        Problem::NotFound
        | Problem::Forbidden
        | Problem::Invalid(_)
        | Problem::Unauthenticated
        | Problem::RateLimited(_)
        | Problem::Busy(_)
        | Problem::Unavailable(_)
        | Problem::Malformed
        | Problem::Internal => return None,
    };
    Some(sentence.into())
}

/// The sentence of a refused field; `email_address` as typed.
pub(crate) fn of_field(field: Field, reason: Reason, email_address: &str) -> String {
    let name = field.path();
    match reason {
        Reason::Required => format!("'{name}' is required."),
        Reason::NotAnEmailAddress => format!("'{}' is not valid '{name}'.", shorten(email_address)),
        Reason::Taken => match field {
            Field::EmailAddress => format!("'{}' already exists.", shorten(email_address)),
            _ => format!("'{name}' is taken already."),
        },
        Reason::TooShort(min) => format!("'{name}' must have at least {min} characters."),
        Reason::TooLong(max) => format!("'{name}' must have at most {max} characters."),
        Reason::HiddenCharacters => {
            format!(
                "'{name}' must not contain control characters or ones that set the direction of text."
            )
        }
        Reason::ContainsAddress => {
            format!("'{name}' must not contain the part of 'email_address' before the '@'.")
        }
        Reason::Repeated => format!("'{name}' must not be one repeated character."),
        Reason::ProductName => format!("'{name}' must not be the name of this product."),
        Reason::Common => format!(
            "'{name}' is easy to guess: a common one, or one word, a name of the account or a row of \
             characters with a few around it. Choose several unrelated words."
        ),
        Reason::TooMany(max) => format!("'{name}' must have at most {max} elements."),
        Reason::NotASlug => {
            format!("'{name}' must be of a-z, 0-9 and single hyphens between them.")
        }
        Reason::NotAWebLink => format!("'{name}' must be a link to a public page."),
        Reason::NotHttps => format!("'{name}' must start with 'https:'."),
        Reason::NotAVideoLink => format!("'{name}' must be a link to a video."),
        Reason::NotAPrice => format!("'{name}' must be an amount of money from 0 to 10^15."),
        Reason::TooManyDecimals(max) => format!("'{name}' must have at most {max} decimals."),
        Reason::OtherCurrency => format!("'{name}' has the sign or the code of another currency."),
        Reason::NotACurrency => format!("'{name}' must be the ISO 4217 code of a currency in use."),
        Reason::NotAGtin => format!("'{name}' must have 8, 12, 13 or 14 digits, or be an ISBN."),
        Reason::WrongCheckDigit => format!("'{name}' has a wrong check digit."),
        Reason::NotATime => {
            format!("'{name}' must be a time from 0 to 24 hours, in milliseconds or like '1:23'.")
        }
        Reason::NotADay => {
            format!("'{name}' must be a day from 1888-01-01 to 2199-12-31, like '2026-11-23'.")
        }
        Reason::NotAfterPrevious => format!("'{name}' must be later than the one before it."),
        Reason::EndsBeforeStart => format!("'{name}' must not be before the start."),
        Reason::BeyondDuration => format!("'{name}' must not be later than the video is long."),
        Reason::Duplicate => format!("'{name}' is in the list twice."),
        Reason::Unknown => format!("'{name}' is not known."),
        Reason::UnknownRetailer => format!("'{name}' does not lead to a known retailer."),
        Reason::NotADomain => format!("'{name}' must be a domain, like 'example.org'."),
        Reason::Reserved => format!("'{name}' is kept for those who run this site."),
        Reason::PublicSuffix => {
            format!("'{name}' must not be a domain below which everybody can have a name.")
        }
    }
}

/// Shortens a typed value, so that a sentence does not repeat a long one completely.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(REPEATED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
