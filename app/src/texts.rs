//! Every text that people read on pages, in one place; a second language is a second file.

#[cfg(feature = "ssr")]
use types::FullQuota;
use types::{Field, Reason};

mod en;
pub(crate) mod public;
pub(crate) mod studio;

/// The texts of the language in which pages are shown.
pub(crate) fn texts() -> &'static Texts {
    &en::TEXTS
}

/// The texts of the public pages. They are a static of their own because they are in the part of the
/// program that these pages are in.
pub(crate) fn public_texts() -> &'static public::Public {
    &en::public::PUBLIC
}

/// The texts of the studio, for the same reason.
pub(crate) fn studio_texts() -> &'static studio::Studio {
    &en::studio::STUDIO
}

/// Says which quota is used up, and how much it is: to people, and to programs.
#[cfg(feature = "ssr")]
pub fn quota_sentence(full: FullQuota) -> String {
    (studio_texts().quota)(full)
}

/// All texts of one language. Sentences with a value in them are functions.
pub(crate) struct Texts {
    /// What only the server says; it is not sent to the browser as a program.
    pub(crate) document: Document,
    pub(crate) site: Site,
    pub(crate) forms: Forms,
    pub(crate) sign_up: SignUp,
    pub(crate) log_in: LogIn,
    pub(crate) account: Account,
    pub(crate) not_found: NotFound,
    pub(crate) trouble: Trouble,
    pub(crate) problems: Problems,
    /// Why the value of a field is refused that is asked for about an account.
    pub(crate) reason: fn(Field, Reason) -> String,
    /// A day of a year, with the month counted from 1, and a time of day: in UTC.
    pub(crate) moment: fn(Moment<'_>) -> String,
}

/// A moment in UTC, in its written parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment<'a> {
    pub(crate) year: &'a str,
    pub(crate) month: usize,
    pub(crate) day: &'a str,
    pub(crate) time: &'a str,
}

/// What the HTML document says of itself.
pub(crate) struct Document {
    #[cfg(feature = "ssr")]
    /// The language's code.
    pub(crate) lang: &'static str,
    pub(crate) description: &'static str,
    pub(crate) refused_title: fn(&str) -> String,
}

/// What stands on every page.
pub(crate) struct Site {
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

/// What several forms say.
pub(crate) struct Forms {
    pub(crate) email_address: &'static str,
    pub(crate) password: &'static str,
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) reveal: &'static str,
    pub(crate) reveal_short: &'static str,
    pub(crate) busy: &'static str,
}

/// The page to sign up.
pub(crate) struct SignUp {
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

/// The page to log in.
pub(crate) struct LogIn {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    /// What is said to somebody who asked for the studio, or for the account.
    pub(crate) studio_lead: &'static str,
    pub(crate) account_lead: &'static str,
    pub(crate) remember: &'static str,
    pub(crate) button: &'static str,
    pub(crate) other: &'static str,
    pub(crate) other_link: &'static str,
}

/// The page of one's own account.
pub(crate) struct Account {
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

/// The page for an address that has none.
pub(crate) struct NotFound {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) back: &'static str,
}

/// The page that takes the place of one that cannot be shown.
pub(crate) struct Trouble {
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

/// Why a form was refused as a whole.
pub(crate) struct Problems {
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
