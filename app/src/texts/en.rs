//! English.

#[cfg(feature = "ssr")]
mod public;

use types::{Field, Reason};

use super::{Account, Forms, LogIn, Moment, Problems, SignUp, Site, Texts};
#[cfg(feature = "ssr")]
use super::{Document, Home, NotFound, Trouble};

#[cfg(feature = "ssr")]
mod studio;

pub(super) static TEXTS: Texts = Texts {
    #[cfg(feature = "ssr")]
    document: DOCUMENT,
    site: SITE,
    forms: FORMS,
    #[cfg(feature = "ssr")]
    home: HOME,
    sign_up: SIGN_UP,
    log_in: LOG_IN,
    #[cfg(feature = "ssr")]
    studio: studio::STUDIO,
    account: ACCOUNT,
    #[cfg(feature = "ssr")]
    public: public::PUBLIC,
    #[cfg(feature = "ssr")]
    not_found: NOT_FOUND,
    #[cfg(feature = "ssr")]
    trouble: TROUBLE,
    problems: PROBLEMS,
    reason,
    moment,
};

#[cfg(feature = "ssr")]
const DOCUMENT: Document = Document {
    lang: "en",
    description: "Creators show where to buy what is in their videos; viewers find it.",
    refused_title: |title| ["Please check: ", title].concat(),
};

const SITE: Site = Site {
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
};

const FORMS: Forms = Forms {
    email_address: "Email address",
    password: "Password",
    first_name: "First name",
    last_name: "Last name",
    optional: "optional",
    reveal: "Show what you typed",
    reveal_short: "Show",
    busy: "One moment…",
};

#[cfg(feature = "ssr")]
const HOME: Home = Home {
    title: "Show where it is from",
    eyebrow: "For people who make videos",
    heading: "“Where did you get that?” Answer it once.",
    lead: "Inspired pins the things in your videos to the second they appear, with the shops that \
           sell them and what they ask. Your viewers stop guessing. You stop answering.",
    start: "Create an account",
    open_studio: "Open the studio",
    have_account: "I already have an account",
    picture: "A drawing of a video: three things in the frame carry a pin, each pin has its place \
              on the timeline, and a card beside it lists shops with their prices.",
    caption: "A drawing, not a shop: this is how a video looks once its things are pinned.",
    how_heading: "How it works",
    steps: [
        (
            "Bring a video",
            "It stays where you publish it. Inspired only knows what appears in it, and when.",
        ),
        (
            "Pin what is in it",
            "The lamp at 0:42, the jacket at 3:10: each thing gets its moment on the timeline.",
        ),
        (
            "Say who sells it",
            "Original, cheaper, finer: list the shops side by side and let people choose.",
        ),
    ],
    promise_heading: "Made with care",
    promises: [
        (
            "Links that say what they are",
            "Who may earn from a link is said before the first one, and people are sent only to \
             shops that somebody has looked at.",
        ),
        (
            "Safe by default",
            "Your password is never stored, only a slow hash of it, and a session that you end is \
             over everywhere.",
        ),
        (
            "Light and open",
            "A page is usable after a few kilobytes and loads nothing from anybody else's computers.",
        ),
    ],
};

const SIGN_UP: SignUp = SignUp {
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

const LOG_IN: LogIn = LogIn {
    title: "Log in",
    heading: "Good to see you",
    lead: "Your studio is as you left it.",
    remember: "Keep me logged in on this device",
    button: "Log in",
    other: "New here?",
    other_link: "Create an account",
};

const ACCOUNT: Account = Account {
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

#[cfg(feature = "ssr")]
const NOT_FOUND: NotFound = NotFound {
    title: "Not found",
    heading: "Nothing is pinned here",
    lead: "There is no page at this address. It may have moved, or a letter went missing on the way.",
    back: "Go to the first page",
};

#[cfg(feature = "ssr")]
const TROUBLE: Trouble = Trouble {
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
        "What arrived was too long, incomplete or not what the page sends. Go back and try again.",
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
    in_use: (
        "Still in use",
        "Other things still need this, so it stays as it is.",
    ),
    internal: (
        "Something broke on our side",
        "It is our fault, not yours, and it has been noted. Please try again.",
    ),
    retry_after: |seconds| ["Try again in ", &duration(seconds), "."].concat(),
    retry: "Try again",
    reference: "If you tell us about it, name this request:",
};

const PROBLEMS: Problems = Problems {
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

fn reason(field: Field, reason: Reason) -> String {
    let text = match reason {
        Reason::Required => required(field),
        Reason::NotAnEmailAddress => "Enter an address like name@example.org.",
        Reason::TooShort(min) => {
            return ["Use at least ", &min.to_string(), " characters."].concat();
        }
        Reason::TooLong(max) => {
            return ["Use at most ", &max.to_string(), " characters."].concat();
        }
        Reason::HiddenCharacters => {
            "There is an invisible character in it. Type it anew instead of pasting it."
        }
        Reason::ContainsAddress => "Leave out what is in your email address.",
        Reason::Repeated => "One character over and over is guessed at once. Mix some more in.",
        Reason::ProductName => "The name of this site is what is tried first. Choose other words.",
        Reason::Common => "Too many people use this one, so it is tried first. Choose another.",
        Reason::Taken => match field {
            Field::EmailAddress => "There is an account with this address already. Log in instead?",
            _ => "This one is taken already. Choose another.",
        },
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
        Reason::NotAPrice => "Enter an amount like 19.90, without a sign for the currency.",
        Reason::TooManyDecimals(0) => "This currency has no decimals. Enter a whole amount.",
        Reason::TooManyDecimals(max) => {
            return ["This currency has only ", &max.to_string(), " decimals."].concat();
        }
        Reason::NotACurrency => "Enter the three letters of a currency, like EUR.",
        Reason::NotAGtin => "Enter the 8, 12, 13 or 14 digits below the barcode.",
        Reason::WrongCheckDigit => {
            "A digit is wrong in it: the last one does not fit to the others. Compare it with the \
             barcode."
        }
        Reason::NotATime => match field {
            Field::ChapterStart(_) => "Begin each line with a time, like 1:23 How it works.",
            _ => "Enter a time like 1:23 or 1:02:03.",
        },
        Reason::NotADay => "Enter a day of the calendar, like 2026-11-23.",
        Reason::NotAfterPrevious => "Each chapter starts later than the one before it.",
        Reason::EndsBeforeStart => "This is before the start.",
        Reason::BeyondDuration => "The video is not that long.",
        Reason::Twice => "This is in the list already.",
        Reason::Unknown => "We cannot find this any more. Choose another.",
        Reason::ShopUnknown => "We do not know the shop of this link yet.",
        Reason::NotADomain => "Enter a domain, like example.org.",
        Reason::PublicSuffix => "Many own names below this one. Enter the shop's own domain.",
    };
    text.to_owned()
}

fn required(field: Field) -> &'static str {
    match field {
        Field::EmailAddress => "Enter your email address.",
        Field::Password => "Enter your password.",
        Field::FirstName | Field::LastName | Field::Name => "Enter a name.",
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

fn moment(moment: Moment<'_>) -> String {
    let Moment {
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

/// Seconds as people say them: exact up to a minute and a half, then whole minutes, rounded up.
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
    fn an_address_is_asked_for_by_example() {
        assert_eq!(
            reason(Field::EmailAddress, Reason::NotAnEmailAddress),
            "Enter an address like name@example.org."
        );
        assert_eq!(
            reason(Field::Password, Reason::TooShort(12)),
            "Use at least 12 characters."
        );
    }

    #[test]
    fn what_is_missing_is_asked_for_by_its_name() {
        assert_eq!(reason(Field::Title, Reason::Required), "Enter a title.");
        assert_eq!(
            reason(Field::OfferUrl(3), Reason::Required),
            "Enter a link."
        );
        assert_eq!(
            reason(Field::Slug, Reason::Taken),
            "This one is taken already. Choose another."
        );
    }

    #[test]
    fn a_refused_login_names_neither_part() {
        assert_eq!(
            PROBLEMS.bad_credentials,
            "Unknown email address or bad password."
        );
    }
}
