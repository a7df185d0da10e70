//! What people call a product.

use crate::text::trimmed;

/// A name in the form in which two names are compared: without blanks around it and in lower case, so
/// that a product is found by what somebody has typed.
pub fn normalized_name(name: &str) -> String {
    trimmed(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_around_a_name_do_not_count() {
        assert_eq!(normalized_name(" Red  LAMP\u{200B}"), "red  lamp");
    }
}
