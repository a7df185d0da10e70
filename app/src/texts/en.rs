//! The English texts.

pub(super) mod public;
mod reasons;

use super::{
    AccountTexts, DocumentTexts, ErrorPageTexts, FormTexts, LogInTexts, NotFoundTexts,
    ProblemTexts, SignUpTexts, SiteTexts, Texts, TimestampParts,
};

pub(super) mod studio;

pub(super) static TEXTS: Texts = Texts {
    document: DOCUMENT,
    site: SITE,
    forms: FORMS,
    sign_up: SIGN_UP,
    log_in: LOG_IN,
    account: ACCOUNT,
    not_found: NOT_FOUND,
    error_page: TROUBLE,
    problems: PROBLEMS,
    reason: reasons::account_sentence,
    moment,
};

const DOCUMENT: DocumentTexts = DocumentTexts {
    #[cfg(feature = "ssr")]
    lang: "en",
    description: "Creators show where to buy what is in their videos; viewers find it.",
    refused_title: |title| ["Please check: ", title].concat(),
};

const SITE: SiteTexts = SiteTexts {
    name: "Inspired",
    home_link: "Inspired, first page",
    title: |page| [page, " · Inspired"].concat(),
    skip: "Skip to the content",
    navigation: "Account",
    catalogue: "Catalogue",
    videos: "Videos",
    products: "Products",
    artists: "Artists",
    search: "Search",
    motto: "Show it. Say where it is from.",
    studio: "Studio",
    log_in: "Log in",
    sign_up: "Sign up",
    log_out: "Log out",
    logged_out: "You are logged out.",
    sessions_ended: "All your sessions are ended.",
};

const FORMS: FormTexts = FormTexts {
    email_address: "Email address",
    password: "Password",
    first_name: "First name",
    last_name: "Last name",
    optional: "optional",
    reveal: "Show what you typed",
    reveal_short: "Show",
    busy: "One moment…",
};

const SIGN_UP: SignUpTexts = SignUpTexts {
    title: "Sign up",
    heading: "Make it yours",
    lead: "An address and a good secret are all it takes. Your studio is open right after.",
    email_hint: "You log in with it. Nobody else gets to see it.",
    password_hint: |min| {
        [
            "At least ",
            &min.to_string(),
            " characters. A few unrelated words are easy to keep in mind and hard to guess.",
        ]
        .concat()
    },
    button: "Sign up",
    other: "Been here before?",
    other_link: "Log in instead",
    closed_heading: "Closed for now",
    closed: "This site takes no new accounts at the moment.",
};

const LOG_IN: LogInTexts = LogInTexts {
    title: "Log in",
    heading: "Good to see you",
    lead: "Your studio is as you left it.",
    studio_lead: "Log in to see your studio.",
    account_lead: "Log in to see your account.",
    remember: "Keep me logged in on this device",
    button: "Log in",
    other: "New here?",
    other_link: "Create an account",
};

const ACCOUNT: AccountTexts = AccountTexts {
    title: "Account",
    heading: "Your account",
    lead: "What we know about you. It is not much, and it is shown to nobody else.",
    details_heading: "Details",
    signed_in_as: "Signed in as",
    since: "Account made on",
    session_began: "Session began",
    session_ends: "Session ends at the latest",
    names_heading: "Your name",
    names_lead: "Leave a field empty to remove the name.",
    save: "Save the name",
    saved: "Saved.",
    end_heading: "Leave every device",
    end_lead: "Ends each of your sessions at once, this one too: on other computers, on lost \
               phones, everywhere.",
    end: "End all sessions",
};

const NOT_FOUND: NotFoundTexts = NotFoundTexts {
    title: "Not found",
    heading: "Nothing is pinned here",
    lead: "There is no page at this address. It may have moved, or a letter went missing on the way.",
    back: "Go to the first page",
};

const TROUBLE: ErrorPageTexts = ErrorPageTexts {
    title: "Not now",
    unavailable: (
        "We cannot get at our records",
        "The page that you asked for is safe, but just now it cannot be read. Nothing is lost.",
    ),
    rate_limited: (
        "That was a lot at once",
        "Too many requests came from where you are. Please pause for a moment.",
    ),
    cross_site: (
        "This did not come from our page",
        "Another site tried to send something in your name, so we did not accept it. If it was \
         you, open our page and do it there.",
    ),
    malformed: (
        "We could not read that",
        "What arrived was too long, incomplete or not what the page sends. Check what you typed, and \
         send it again.",
    ),
    stale: (
        "This page is from before an update",
        "Load it anew and do it once more. Nothing was changed.",
    ),
    signed_out: (
        "Your session has ended",
        "Log in again and carry on where you were.",
    ),
    signup_closed: (
        "Closed for now",
        "This site takes no new accounts at the moment.",
    ),
    forbidden: (
        "Not yours to decide",
        "Only people who look after this site may do this.",
    ),
    moved: (
        "Somebody was faster",
        "This was changed since you opened the page. Nothing was saved. Load it anew and look again.",
    ),
    full: (
        "No room left",
        "Your account has as much as it may have of this. Nothing was saved.",
    ),
    internal: (
        "Something broke on our side",
        "It is our fault, not yours, and it has been noted. Please try again.",
    ),
    retry_after: |seconds| ["Try again in ", &duration(seconds), "."].concat(),
    retry: "Try again",
    reference: "If you tell us about it, name this request:",
};

const PROBLEMS: ProblemTexts = ProblemTexts {
    invalid: "Nearly there: please look at what is marked below.",
    bad_credentials: "Unknown email address or bad password.",
    session_ended: "Your session has ended. What you typed is still here.",
    session_ended_link: "Log in again (in a new tab)",
    signup_closed: "This site takes no new accounts at the moment.",
    rate_limited: |seconds| ["Too many attempts. Try again in ", &duration(seconds), "."].concat(),
    busy: |seconds| {
        [
            "Many people are logging in just now. Try again in ",
            &duration(seconds),
            ".",
        ]
        .concat()
    },
    unavailable: "We cannot be reached just now. Nothing is lost: check your connection and try again.",
    cross_site: "This did not come from our page. Load the page anew and try again.",
    stale_page: "This page is from before an update. Load it anew and try again.",
    malformed: "We could not read that. Please try again.",
    internal: "Something broke on our side. Please try again.",
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn moment(moment: TimestampParts<'_>) -> String {
    let TimestampParts {
        year,
        month,
        day,
        time,
    } = moment;
    let month = MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"");
    [
        day.trim_start_matches('0'),
        " ",
        month,
        " ",
        year,
        ", ",
        time,
        " UTC",
    ]
    .concat()
}

/// A duration: in seconds up to 90, then in minutes, rounded up.
fn duration(seconds: u32) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => [&seconds.to_string(), " seconds"].concat(),
        _ => ["about ", &seconds.div_ceil(60).to_string(), " minutes"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_said_as_people_say_it() {
        assert_eq!(duration(1), "a second");
        assert_eq!(duration(45), "45 seconds");
        assert_eq!(duration(90), "90 seconds");
        assert_eq!(duration(91), "about 2 minutes");
        assert_eq!(duration(900), "about 15 minutes");
    }

    #[test]
    fn a_refused_login_names_neither_part() {
        assert_eq!(
            PROBLEMS.bad_credentials,
            "Unknown email address or bad password."
        );
    }
}
