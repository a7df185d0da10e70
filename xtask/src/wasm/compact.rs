//! The script without what only its readers need.

/// The script without indentation and comments of its own lines. One that has a text over several
/// lines stays as it is, because the indentation there belongs to the text.
pub(super) fn compact(script: &str) -> String {
    let is_open = |line: &str| line.matches('`').count() % 2 == 1;
    if script.lines().any(is_open) {
        return script.to_owned();
    }
    let mut compact = String::with_capacity(script.len());
    let mut is_in_comment = false;
    for line in script.lines().map(str::trim) {
        is_in_comment |= line.starts_with("/*");
        if !is_in_comment && !line.is_empty() {
            compact.push_str(line);
            compact.push('\n');
        }
        is_in_comment &= !line.ends_with("*/");
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn indentation_and_comments_go() {
        let script = "/**\n * Begins.\n */\n    begin(`a`);\n\n/* one */\n  end();";
        assert_eq!(compact(script), "begin(`a`);\nend();\n");
    }

    #[test]
    fn a_text_over_several_lines_stays() {
        let script = "  say(`a\n  b`);\n";
        assert_eq!(compact(script), script);
    }
}
