//! A password on its way to being verified.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{email_address::EmailAddress, field::Reason, policy::PasswordPolicy};

/// The shortest local part that a password may not contain, in code points. Shorter ones occur in
/// good passwords by chance.
const LOCAL_PART_CODE_POINTS: usize = 4;

/// A password exactly as received: never trimmed, never normalised (ASVS 6.2.8).
///
/// It has no `Display`, its `Debug` shows nothing, and its memory is cleared when it is dropped.
/// It is `Serialize` because the browser sends it in [`SignUp`](crate::SignUp) and
/// [`LogIn`](crate::LogIn); nothing else may carry one.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes what was typed.
    pub fn new(typed: String) -> Self {
        Self(typed)
    }

    /// The secret itself, for the function that hashes it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Checks what both sides can check: length, the address in it, repetition, the product's
    /// name. Whether it is a common one is checked on the server, which has the list.
    ///
    /// # Errors
    /// [`Reason::Required`], [`Reason::TooShort`], [`Reason::TooLong`], [`Reason::Repeated`],
    /// [`Reason::ProductName`], [`Reason::ContainsAddress`].
    pub fn check(
        &self,
        policy: &PasswordPolicy,
        address: Option<&EmailAddress>,
    ) -> Result<(), Reason> {
        if self.0.is_empty() {
            return Err(Reason::Required);
        }
        let code_points = self.0.chars().count();
        if code_points > usize::from(PasswordPolicy::MAX) {
            return Err(Reason::TooLong(PasswordPolicy::MAX));
        }
        if code_points < usize::from(policy.min) {
            return Err(Reason::TooShort(policy.min));
        }
        let lower = self.0.to_lowercase();
        if is_repeated(&lower) {
            return Err(Reason::Repeated);
        }
        if is_product_name(&lower) {
            return Err(Reason::ProductName);
        }
        if address.is_some_and(|address| contains_local_part(&lower, address)) {
            return Err(Reason::ContainsAddress);
        }
        Ok(())
    }

    /// Checks what a login needs: that there is one, and that it could be right.
    ///
    /// # Errors
    /// [`Reason::Required`], [`Reason::TooLong`].
    pub fn check_present(&self) -> Result<(), Reason> {
        if self.0.is_empty() {
            return Err(Reason::Required);
        }
        if self.0.chars().count() > usize::from(PasswordPolicy::MAX) {
            return Err(Reason::TooLong(PasswordPolicy::MAX));
        }
        Ok(())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

fn is_repeated(lower: &str) -> bool {
    let mut chars = lower.chars();
    let first = chars.next();
    chars.all(|c| Some(c) == first)
}

/// Whether the password is nothing but the product's name: alone, repeated, or decorated with
/// digits and punctuation. A context word in a longer phrase is fine (ASVS 6.2.11 asks for the
/// words; NIST 800-63B-4 compares the whole password).
fn is_product_name(lower: &str) -> bool {
    const NAME: &str = "inspired";
    if !lower.contains(NAME) {
        return false;
    }
    lower.replace(NAME, "").chars().all(|c| !c.is_alphabetic())
}

fn contains_local_part(lower: &str, address: &EmailAddress) -> bool {
    let local = address.local_part().to_lowercase();
    local.chars().count() >= LOCAL_PART_CODE_POINTS && lower.contains(&local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), Reason> {
        let address = EmailAddress::parse("Lovelace@example.org").unwrap();
        Password::new(password.to_owned()).check(&PasswordPolicy::default(), Some(&address))
    }

    #[test]
    fn length_is_counted_in_code_points() {
        assert_eq!(check(""), Err(Reason::Required));
        assert_eq!(check("elevenchars"), Err(Reason::TooShort(12)));
        assert_eq!(check("twelve chars"), Ok(()));
        assert_eq!(check("éèàùâêîôûëïü"), Ok(()));
        assert_eq!(check(&"xy".repeat(128)), Ok(()));
        assert_eq!(
            check(&format!("{}z", "xy".repeat(128))),
            Err(Reason::TooLong(256))
        );
    }

    #[test]
    fn nothing_is_composed_or_trimmed() {
        assert_eq!(check("            x"), Ok(()));
        assert_eq!(check("correct horse battery"), Ok(()));
    }

    #[test]
    fn guessable_ones_are_refused() {
        assert_eq!(check("aaaaaaaaaaaaaaa"), Err(Reason::Repeated));
        assert_eq!(check("AaAaAaAaAaAaAa"), Err(Reason::Repeated));
        assert_eq!(check("inspired2026!"), Err(Reason::ProductName));
        assert_eq!(check("InspiredInspired"), Err(Reason::ProductName));
        assert_eq!(check("inspired by daffodils"), Ok(()));
        assert_eq!(check("my lovelace 1815"), Err(Reason::ContainsAddress));
    }

    #[test]
    fn a_short_local_part_may_occur() {
        let address = EmailAddress::parse("ada@example.org").unwrap();
        let password = Password::new("a fine adage, indeed".to_owned());
        assert_eq!(
            password.check(&PasswordPolicy::default(), Some(&address)),
            Ok(())
        );
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", Password::new("secret".to_owned())),
            "Password(…)"
        );
    }
}
