//! Rules for style sheets.

use super::Finding;
use super::source::{SourceFile, mentions};

/// The only file that defines colours; all others use its tokens.
const TOKENS: &str = "style/tokens.css";

/// Components without a sheet, and sheets for several components, and why.
const UNPAIRED: [(&str, &str); 0] = [];

/// Forbids `!important`: such a declaration is in the wrong layer.
pub(super) fn forced_declarations(source: &SourceFile) -> Vec<Finding> {
    let is_forced = |part: &CssPart| part.text.contains("!important");
    let message = "`!important`: put the rule into a later layer instead";
    parts(source)
        .filter(is_forced)
        .map(|part| source.finding_at(part.line, message))
        .collect()
}

/// Forbids styles by id, which apply once only and override every class.
pub(super) fn id_selectors(source: &SourceFile) -> Vec<Finding> {
    let names_id = |part: &CssPart| {
        let is_selector = part.opens_block && !part.text.starts_with('@');
        let mut after_hash = part
            .text
            .split('#')
            .skip(1)
            .filter_map(|rest| rest.chars().next());
        is_selector && after_hash.any(|first| first.is_alphabetic() || first == '_' || first == '-')
    };
    let message = "style by class, not by id";
    parts(source)
        .filter(names_id)
        .map(|part| source.finding_at(part.line, message))
        .collect()
}

/// Forbids colours outside the tokens, which would not follow the theme.
pub(super) fn raw_colours(source: &SourceFile) -> Vec<Finding> {
    if source.path == TOKENS {
        return Vec::new();
    }
    let message = "colours are named in style/tokens.css; use one of its tokens";
    parts(source)
        .filter(|part| !part.opens_block && names_colour(&part.text))
        .map(|part| source.finding_at(part.line, message))
        .collect()
}

fn names_colour(declaration: &str) -> bool {
    const FUNCTIONS: [&str; 9] = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    const WORDS: [&str; 8] = [
        "white", "black", "red", "green", "blue", "gray", "grey", "yellow",
    ];
    let Some((_, value)) = declaration.split_once(':') else {
        return false;
    };
    let is_own = |c: char| !(c.is_alphanumeric() || c == '-' || c == '_');
    let by_name = value.split(is_own).any(|word| WORDS.contains(&word));
    let by_digits = value.split('#').skip(1).any(|rest| {
        let digits = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>();
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
    });
    by_name || by_digits || FUNCTIONS.iter().any(|function| mentions(value, function))
}

/// Requires a sheet for every component, and a component for every sheet.
pub(super) fn components(sources: &[SourceFile]) -> Vec<Finding> {
    let stem = |path: &str, folder: &str, end: &str| {
        let name = path.strip_prefix(folder)?.strip_suffix(end)?;
        (!name.contains('/')).then(|| name.to_owned())
    };
    let of_app = |source: &SourceFile| stem(&source.path, "app/src/components/", ".rs");
    let of_style = |source: &SourceFile| stem(&source.path, "style/components/", ".css");
    let is_unpaired = |name: &str| UNPAIRED.iter().any(|(unpaired, _)| *unpaired == name);
    let mut findings = Vec::new();
    for source in sources {
        if let Some(name) = of_app(source)
            && !is_unpaired(&name)
            && !sources
                .iter()
                .any(|other| of_style(other).as_ref() == Some(&name))
        {
            findings.push(source.finding(format!("style/components/{name}.css is missing")));
        }
        if let Some(name) = of_style(source)
            && !is_unpaired(&name)
            && !sources
                .iter()
                .any(|other| of_app(other).as_ref() == Some(&name))
        {
            findings.push(source.finding(format!("app/src/components/{name}.rs is missing")));
        }
    }
    findings
}

/// A selector, the head of an at-rule or a declaration.
struct CssPart {
    line: usize,
    text: String,
    /// True if `{` follows it.
    opens_block: bool,
}

fn parts(source: &SourceFile) -> impl Iterator<Item = CssPart> {
    let mut parts = Vec::new();
    let (mut line, mut text, mut text_line) = (1, String::new(), 1);
    let css = if source.is("css") {
        without_comments(&source.text)
    } else {
        String::new()
    };
    for character in css.chars() {
        match character {
            '{' | '}' | ';' => {
                let opens_block = character == '{';
                parts.push(CssPart {
                    line: text_line,
                    text: text.trim().to_owned(),
                    opens_block,
                });
                text.clear();
            }
            _ => {
                if text.trim().is_empty() {
                    text_line = line;
                }
                text.push(character);
            }
        }
        line += usize::from(character == '\n');
    }
    parts.into_iter()
}

/// The sheet without comments; lines keep their numbers.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        kept.extend(comment.chars().filter(|&character| character == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::{components, forced_declarations, id_selectors, raw_colours};

    #[test]
    fn force_is_found_where_it_stands() {
        let sheet = source(
            "style/base.css",
            "a {\n  color: var(--ink) !important;\n}\n",
        );
        let findings = forced_declarations(&sheet);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
        assert!(forced_declarations(&source("style/base.css", "/* !important */")).is_empty());
    }

    #[test]
    fn a_style_by_id_is_found() {
        assert_eq!(
            id_selectors(&source("style/base.css", "main #top { margin: 0 }")).len(),
            1
        );
        let nested = "a { color: #fff; &:hover { margin: 0 } }";
        assert!(id_selectors(&source("style/base.css", nested)).is_empty());
    }

    #[test]
    fn a_colour_outside_the_tokens_is_found() {
        for value in [
            "#fff",
            "#a1b2c3",
            "rgb(0 0 0)",
            "oklch(50% 0 0)",
            "1px solid black",
        ] {
            let sheet = format!("a {{ border: {value} }}");
            assert_eq!(
                raw_colours(&source("style/base.css", &sheet)).len(),
                1,
                "{value}"
            );
            assert!(
                raw_colours(&source("style/tokens.css", &sheet)).is_empty(),
                "{value}"
            );
        }
        for value in [
            "var(--black-ink)",
            "currentcolor",
            "color-mix(in oklab, var(--a), var(--b))",
        ] {
            let sheet = format!("a {{ color: {value} }}");
            assert!(
                raw_colours(&source("style/base.css", &sheet)).is_empty(),
                "{value}"
            );
        }
    }

    #[test]
    fn a_component_without_its_sheet_and_the_reverse_are_found() {
        let component = || source("app/src/components/card.rs", "");
        let sheet = || source("style/components/card.css", "");
        assert_eq!(components(&[component()]).len(), 1);
        assert_eq!(components(&[sheet()]).len(), 1);
        assert!(components(&[component(), sheet()]).is_empty());
    }
}
