//! Counts the values in a JSON body.

/// Maximum number of values in a body, as in a plain form: the largest page, with 250 rows in each
/// list of a product, has 5,300.
const MAX_VALUES: usize = 8_192;

/// Whether a JSON body has more values than a form may have, counted by the characters that separate
/// or open them. An empty row takes three bytes of a body and hundreds in memory.
pub(super) fn has_too_many_values(body: &[u8]) -> bool {
    let (mut values, mut is_in_text, mut is_escaped) = (0, false, false);
    for byte in body {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_in_text => is_escaped = true,
            b'"' => is_in_text = !is_in_text,
            b',' | b'[' | b'{' if !is_in_text => values += 1,
            _ => {}
        }
    }
    values > MAX_VALUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_however_empty_they_are() {
        // The list is a value; every row is opened and, except the first, separated.
        let rows = |count: usize| format!("[{}]", vec!["{}"; count].join(","));
        assert!(!has_too_many_values(rows(4_096).as_bytes()));
        assert!(has_too_many_values(rows(4_097).as_bytes()));
        assert!(has_too_many_values("[".repeat(8_193).as_bytes()));
        assert!(has_too_many_values(
            format!("[{}0]", "0,".repeat(8_192)).as_bytes()
        ));
    }

    #[test]
    fn what_is_typed_is_no_value() {
        for text in [
            ",".repeat(10_000),
            r#"\",[{"#.repeat(5_000),
            r"\\".repeat(5_000),
        ] {
            assert!(!has_too_many_values(
                format!(r#"{{"bio":"{text}"}}"#).as_bytes()
            ));
        }
        // Values after the end of a string are counted.
        let after = format!(r#"["\\",{}]"#, ",".repeat(8_192));
        assert!(has_too_many_values(after.as_bytes()));
    }
}
