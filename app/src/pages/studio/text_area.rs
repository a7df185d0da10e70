//! A field with several lines.

use leptos::{html::textarea, prelude::*};

use super::field::InputAttributes;

/// A `textarea`. Leptos does not escape its content, so this function does.
pub(super) fn text_area(rows: u8, attributes: InputAttributes) -> AnyView {
    let required = attributes.is_required.then_some("");
    textarea()
        .class("form-field-input")
        .id(attributes.id)
        .name(attributes.name)
        .rows(rows.to_string())
        .dir("auto")
        .attr("required", required)
        .attr("aria-describedby", attributes.described_by)
        .attr("aria-invalid", attributes.is_invalid)
        .inner_html(escaped(&attributes.value))
        .into_any()
}

/// Escapes the content of a `textarea`. The parser of a document drops a line feed at the start, so
/// the server adds one; the parser of `innerHTML` keeps it (HTML, 13.2.6.4.7).
fn escaped(text: &str) -> String {
    let start = if cfg!(feature = "ssr") { "\n" } else { "" };
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    [start, &text].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(value: &str) -> String {
        Owner::new().with(|| text_area(5, attributes(value)).to_html())
    }

    fn attributes(value: &str) -> InputAttributes {
        InputAttributes {
            id: "bio".to_owned(),
            name: Signal::stored("bio".to_owned()),
            value: value.to_owned(),
            described_by: "bio-error".to_owned(),
            is_invalid: Signal::stored(Some("true")),
            is_required: false,
        }
    }

    #[test]
    fn what_is_typed_never_ends_the_area() {
        let html = html("</textarea><script>alert(1)</script> &lt;");
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(html.contains("&amp;lt;"), "{html}");
        assert!(
            html.contains(r#"aria-invalid="true""#) && !html.contains("required"),
            "{html}"
        );
    }

    #[test]
    fn a_line_that_is_empty_at_the_start_stays() {
        assert!(html("\na").contains(">\n\na<"));
    }
}
