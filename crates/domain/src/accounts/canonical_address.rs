//! When two email addresses are the same.

use std::fmt;

use data_encoding::HEXLOWER;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use sha2::{Digest, Sha256};
use types::{EmailAddress, Reason};
use unicode_normalization::UnicodeNormalization;

/// The canonical form of an address: two addresses are the same if their canonical forms are
/// equal.
///
/// The local part is compared without regard to case, to width (`EmailAddress` has no full-width
/// characters) and to the composition of accents (NFC), but never by appearance: NFKC maps `ﬁ` to
/// `fi`, so an attacker could take over an account by an address that only looks alike. The domain
/// is compared as the DNS does (UTS #46).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CanonicalAddress(String);

impl CanonicalAddress {
    /// The canonical form of an address.
    ///
    /// # Errors
    /// [`Reason::NotAnEmailAddress`] if its domain cannot be a name in the DNS.
    pub(crate) fn of(address: &EmailAddress) -> Result<Self, Reason> {
        let local = canonical_local_part(address.local_part());
        let domain = canonical_domain(address.domain())?;
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The canonical form that an address had while its local part was stored in full width;
    /// accounts created then have their email reservation under it. `None` if no full-width character
    /// was typed in the local part.
    pub(crate) fn former(typed: &str, address: &EmailAddress) -> Option<Self> {
        let local = EmailAddress::full_width_local_part(typed)?;
        let local = canonical_local_part(local);
        let domain = canonical_domain(address.domain()).ok()?;
        Some(Self(format!("{local}@{domain}")))
    }

    /// The SHA-256 of the canonical form, for rate limits and queues that need not know the
    /// address.
    pub(crate) fn key(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// The id of the email reservation: `email/` and the SHA-256 in hexadecimal.
    pub(crate) fn claim_id(&self) -> String {
        ["email/", &HEXLOWER.encode(&self.key())].concat()
    }
}

/// `Debug` shows nothing, because an address is personal data and must not reach the log.
impl fmt::Debug for CanonicalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CanonicalAddress(…)")
    }
}

/// Lower case and composed.
///
/// Each step can undo the other (the small letter of a composed capital may be decomposed), so
/// they are repeated until nothing changes.
fn canonical_local_part(local: &str) -> String {
    let mut canonical: String = local.trim().nfc().collect();
    loop {
        let next: String = canonical.to_lowercase().nfc().collect();
        if next == canonical {
            return canonical;
        }
        canonical = next;
    }
}

/// The domain in ASCII, as UTS #46 maps it: letters, digits and hyphens only (STD 3), within the
/// lengths of the DNS, without the dot of the root.
fn canonical_domain(domain: &str) -> Result<String, Reason> {
    Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map(|ascii| ascii.into_owned())
        .map_err(|_| Reason::NotAnEmailAddress)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(address: &str) -> CanonicalAddress {
        CanonicalAddress::of(&EmailAddress::parse(address).unwrap()).unwrap()
    }

    fn refusal(address: &str) -> Option<Reason> {
        CanonicalAddress::of(&EmailAddress::parse(address).unwrap()).err()
    }

    #[test]
    fn case_and_punycode_make_no_difference() {
        assert_eq!(
            canonical("Ada@Bücher.example"),
            canonical("ada@xn--bcher-kva.example")
        );
        assert_eq!(
            canonical("ADA@XN--BCHER-KVA.EXAMPLE"),
            canonical("ada@bücher.example")
        );
        assert_eq!(
            canonical("ada@bu\u{308}cher.example"),
            canonical("ada@bücher.example")
        );
        assert_eq!(
            canonical("ada@www.example。org"),
            canonical("ada@www.example.org")
        );
    }

    /// An input method writes full-width letters and means the narrow ones.
    #[test]
    fn full_width_letters_digits_and_signs_are_the_narrow_ones() {
        let narrow = canonical("ada1@example.org");
        assert_eq!(canonical("ada１@example.org"), narrow);
        assert_eq!(canonical("ａｄａ１＠ｅｘａｍｐｌｅ．ｏｒｇ"), narrow);
    }

    #[test]
    fn composed_and_decomposed_accents_are_equal() {
        assert_eq!(
            canonical("zoe\u{308}@example.org"),
            canonical("zo\u{EB}@example.org")
        );
        assert_eq!(
            canonical("ZOE\u{308}@example.org"),
            canonical("zo\u{EB}@example.org")
        );
    }

    #[test]
    fn what_only_looks_alike_stays_apart() {
        assert_ne!(
            canonical("ﬁona@example.org"),
            canonical("fiona@example.org")
        );
        assert_ne!(canonical("а@example.org"), canonical("a@example.org"));
        assert_ne!(
            canonical("straße@example.org"),
            canonical("strasse@example.org")
        );
        assert_ne!(
            canonical("ada+news@example.org"),
            canonical("ada@example.org")
        );
        assert_ne!(canonical("a.da@example.org"), canonical("ada@example.org"));
    }

    #[test]
    fn capitals_with_no_single_small_letter_have_one_form() {
        assert_eq!(
            canonical("İnci@example.org"),
            canonical("i\u{307}nci@example.org")
        );
        assert_eq!(
            canonical("I\u{307}nci@example.org"),
            canonical("İnci@example.org")
        );
        assert_ne!(canonical("İnci@example.org"), canonical("inci@example.org"));
        assert_eq!(
            canonical("STRAẞE@example.org"),
            canonical("straße@example.org")
        );
    }

    #[test]
    fn a_domain_that_no_dns_can_hold_is_refused() {
        for domain in [
            "xn--zzzzzzzzzzz.example",
            "xn--a.example",
            "a\u{2F0}\u{308}.xn--.de",
        ] {
            assert_eq!(
                canonical_domain(domain),
                Err(Reason::NotAnEmailAddress),
                "{domain}"
            );
        }
        // 63 bytes as typed, more than the DNS allows in ASCII.
        let label = "嗐蒰数浀貀憈糠妸頸각一胈凨焨甐袘磸嶠遨鑐楘";
        let address = format!("a@{label}.example");
        assert_eq!(refusal(&address), Some(Reason::NotAnEmailAddress));
        assert_eq!(
            canonical_domain("example.org."),
            Err(Reason::NotAnEmailAddress)
        );
        assert_eq!(
            canonical_domain("exa_mple.org"),
            Err(Reason::NotAnEmailAddress)
        );
        assert_eq!(
            canonical_domain("-example.org"),
            Err(Reason::NotAnEmailAddress)
        );
        assert_eq!(canonical_domain(""), Err(Reason::NotAnEmailAddress));
    }

    #[test]
    fn the_claim_is_the_hash_of_the_canonical_form() {
        let claim = canonical("Ada@Example.ORG").claim_id();
        let hex = claim.strip_prefix("email/").unwrap();
        assert_eq!(hex.len(), 64);
        assert!(
            hex.bytes()
                .all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c))
        );
        assert_eq!(
            hex[..2],
            format!("{:02x}", Sha256::digest("ada@example.org")[0])
        );
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", canonical("ada@example.org")),
            "CanonicalAddress(…)"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_canonical_local_part_is_stable(local in any::<String>()) {
            let once = canonical_local_part(&local);
            prop_assert_eq!(canonical_local_part(&once), once);
        }

        #[test]
        fn case_and_composition_never_make_another_local_part(local in "\\PC{0,12}") {
            let canonical = canonical_local_part(&local);
            prop_assert_eq!(canonical_local_part(&local.nfc().collect::<String>()), canonical.clone());
            prop_assert_eq!(canonical_local_part(&local.nfd().collect::<String>()), canonical);
        }

        #[test]
        fn the_canonical_domain_is_stable_and_ascii(domain in "[a-zA-ZäöüßÄİſK0-9-]{1,12}\\.[a-z]{2,5}") {
            if let Ok(once) = canonical_domain(&domain) {
                prop_assert!(once.is_ascii());
                prop_assert_eq!(canonical_domain(&once), Ok(once.clone()));
            }
        }
    }
}
