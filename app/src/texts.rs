//! All texts of the pages. Another language would be another module beside `en`.

#[cfg(feature = "ssr")]
use types::FullQuota;
use types::{Field, Reason};

mod en;
pub(crate) mod public;
pub(crate) mod studio;

/// The texts in the language of the pages.
pub(crate) fn texts() -> &'static Texts {
    &en::TEXTS
}

/// The texts of the public pages. A separate static, so that they are compiled into the chunk of
/// these pages.
pub(crate) fn public_texts() -> &'static public::PublicTexts {
    &en::public::PUBLIC
}

/// The texts of the studio, separate for the same reason.
pub(crate) fn studio_texts() -> &'static studio::StudioTexts {
    &en::studio::STUDIO
}

/// The sentence for a used-up quota, for pages and for `/v1`.
#[cfg(feature = "ssr")]
pub fn quota_sentence(full: FullQuota) -> String {
    (studio_texts().quota)(full)
}

/// All texts of one language. A text with a value in it is a function.
pub(crate) struct Texts {
    /// Texts that only the server needs; they are not compiled into the WebAssembly.
    pub(crate) document: DocumentTexts,
    pub(crate) site: SiteTexts,
    pub(crate) forms: FormTexts,
    pub(crate) sign_up: SignUpTexts,
    pub(crate) log_in: LogInTexts,
    pub(crate) account: AccountTexts,
    pub(crate) not_found: NotFoundTexts,
    pub(crate) error_page: ErrorPageTexts,
    pub(crate) problems: ProblemTexts,
    /// Why a field of an account form is refused.
    pub(crate) reason: fn(Field, Reason) -> String,
    /// A date and a time of day in UTC.
    pub(crate) moment: fn(TimestampParts<'_>) -> String,
}

/// A timestamp in UTC, in its written parts; the month counts from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TimestampParts<'a> {
    pub(crate) year: &'a str,
    pub(crate) month: usize,
    pub(crate) day: &'a str,
    pub(crate) time: &'a str,
}

/// Texts of the document's `<head>`.
pub(crate) struct DocumentTexts {
    #[cfg(feature = "ssr")]
    /// The language code (BCP 47).
    pub(crate) lang: &'static str,
    pub(crate) description: &'static str,
    pub(crate) refused_title: fn(&str) -> String,
}

/// Texts of the header and footer.
pub(crate) struct SiteTexts {
    pub(crate) name: &'static str,
    pub(crate) home_link: &'static str,
    pub(crate) title: fn(&str) -> String,
    pub(crate) skip: &'static str,
    pub(crate) navigation: &'static str,
    pub(crate) catalogue: &'static str,
    pub(crate) videos: &'static str,
    pub(crate) products: &'static str,
    pub(crate) artists: &'static str,
    pub(crate) search: &'static str,
    pub(crate) motto: &'static str,
    pub(crate) studio: &'static str,
    pub(crate) log_in: &'static str,
    pub(crate) sign_up: &'static str,
    pub(crate) log_out: &'static str,
    pub(crate) logged_out: &'static str,
    pub(crate) sessions_ended: &'static str,
}

/// Texts that several forms share.
pub(crate) struct FormTexts {
    pub(crate) email_address: &'static str,
    pub(crate) password: &'static str,
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) reveal: &'static str,
    pub(crate) reveal_short: &'static str,
    pub(crate) busy: &'static str,
}

/// The sign-up page.
pub(crate) struct SignUpTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) email_hint: &'static str,
    pub(crate) password_hint: fn(u16) -> String,
    pub(crate) button: &'static str,
    pub(crate) other: &'static str,
    pub(crate) other_link: &'static str,
    pub(crate) closed_heading: &'static str,
    pub(crate) closed: &'static str,
}

/// The log-in page.
pub(crate) struct LogInTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    /// The lead for a visitor who was redirected from the studio, or from the account page.
    pub(crate) studio_lead: &'static str,
    pub(crate) account_lead: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) button: &'static str,
    pub(crate) other: &'static str,
    pub(crate) other_link: &'static str,
}

/// The account page.
pub(crate) struct AccountTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) details_heading: &'static str,
    pub(crate) signed_in_as: &'static str,
    pub(crate) since: &'static str,
    pub(crate) session_began: &'static str,
    pub(crate) session_ends: &'static str,
    pub(crate) names_heading: &'static str,
    pub(crate) names_lead: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) end_heading: &'static str,
    pub(crate) end_lead: &'static str,
    pub(crate) end: &'static str,
}

/// The 404 page.
pub(crate) struct NotFoundTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) back: &'static str,
}

/// The error page.
pub(crate) struct ErrorPageTexts {
    pub(crate) title: &'static str,
    pub(crate) unavailable: (&'static str, &'static str),
    pub(crate) rate_limited: (&'static str, &'static str),
    pub(crate) cross_site: (&'static str, &'static str),
    pub(crate) malformed: (&'static str, &'static str),
    pub(crate) forbidden: (&'static str, &'static str),
    pub(crate) moved: (&'static str, &'static str),
    pub(crate) full: (&'static str, &'static str),
    pub(crate) stale: (&'static str, &'static str),
    pub(crate) signed_out: (&'static str, &'static str),
    pub(crate) signup_closed: (&'static str, &'static str),
    pub(crate) internal: (&'static str, &'static str),
    pub(crate) retry_after: fn(u32) -> String,
    pub(crate) retry: &'static str,
    pub(crate) reference: &'static str,
}

/// Problems of a form as a whole.
pub(crate) struct ProblemTexts {
    pub(crate) invalid: &'static str,
    pub(crate) bad_credentials: &'static str,
    pub(crate) session_ended: &'static str,
    pub(crate) session_ended_link: &'static str,
    pub(crate) signup_closed: &'static str,
    pub(crate) rate_limited: fn(u32) -> String,
    pub(crate) busy: fn(u32) -> String,
    pub(crate) unavailable: &'static str,
    pub(crate) cross_site: &'static str,
    pub(crate) stale_page: &'static str,
    pub(crate) malformed: &'static str,
    pub(crate) internal: &'static str,
}
