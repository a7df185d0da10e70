//! Comparison of product names.

use crate::text::trimmed;

/// The form in which names are compared: trimmed and in lower case, so that a typed name finds a
/// product.
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
