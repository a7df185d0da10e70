//! Slugs that no artist can choose, because readers would take them for the operator's.

/// Words that name the operator of a site or a place where people deal with the operator. A slug
/// is reserved if one of them remains after removing hyphens, trailing digits and the name of the
/// product.
const RESERVED: [&str; 57] = [
    "about",
    "abuse",
    "account",
    "accounts",
    "admin",
    "administration",
    "administrator",
    "admins",
    "api",
    "auth",
    "billing",
    "compliance",
    "contact",
    "copyright",
    "dashboard",
    "developer",
    "dmca",
    "docs",
    "email",
    "faq",
    "feedback",
    "help",
    "helpdesk",
    "hostmaster",
    "impressum",
    "imprint",
    "info",
    "inspired",
    "legal",
    "login",
    "logout",
    "mail",
    "mod",
    "moderation",
    "moderator",
    "moderators",
    "noreply",
    "official",
    "operator",
    "password",
    "payment",
    "payments",
    "postmaster",
    "privacy",
    "root",
    "security",
    "settings",
    "signup",
    "staff",
    "status",
    "studio",
    "support",
    "system",
    "team",
    "terms",
    "webmaster",
    "www",
];

/// True if the slug of an artist is reserved for the operator.
pub(crate) fn is_reserved(slug: &str) -> bool {
    let letters: String = slug.chars().filter(|letter| *letter != '-').collect();
    let letters = letters.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_word = |word: &str| RESERVED.contains(&word);
    let ours = |word: &str| word.is_empty() || is_word(word);
    is_word(letters)
        || letters.strip_prefix("inspired").is_some_and(ours)
        || letters.strip_suffix("inspired").is_some_and(ours)
        || letters.strip_prefix("the").is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_operator_are_reserved_however_they_are_joined() {
        for slug in [
            "admin",
            "log-in",
            "sign-up",
            "www",
            "api",
            "support24",
            "support-2",
            "help-desk",
            "inspired",
            "inspired-2026",
            "inspired-support",
            "team-inspired",
            "the-moderator",
            "no-reply",
            "moderator",
        ] {
            assert!(is_reserved(slug), "{slug}");
        }
    }

    #[test]
    fn names_of_people_are_not() {
        for slug in [
            "ada-lovelace",
            "administer",
            "helpers",
            "inspired-by-nature",
            "the-supporters",
            "u2",
            "newman",
            "testament",
            "apis",
            "artist-1",
            "shopgirl",
            "2020",
            "rooted",
        ] {
            assert!(!is_reserved(slug), "{slug}");
        }
    }

    #[test]
    fn the_words_are_sorted_and_legal_addresses() {
        assert!(RESERVED.is_sorted());
        for word in RESERVED {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
    }
}
