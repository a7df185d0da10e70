//! What a page may load besides our own files.

use std::fmt::{self, Write as _};

/// What a page may load besides our own files, as sources of a content security policy. A page that
/// may do more than the one before it is loaded whole: a document has one policy for its whole life.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The origin that may stand in a frame: `https://player.example`.
    pub frame: Option<String>,
    /// Where images may come from besides ourselves: `https://images.example`.
    pub images: Vec<String>,
}

impl Policy {
    /// Whether it allows nothing more.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The sources of frames, each behind a space.
    pub fn frame_sources(&self) -> String {
        listed(self.frame.iter())
    }

    /// The sources of images, each behind a space, without our own.
    pub fn image_sources(&self) -> String {
        listed(self.images.iter())
    }
}

/// The directives, by which two policies are compared.
impl fmt::Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (frame, images) = (self.frame_sources(), self.image_sources());
        write!(formatter, "frame-src{frame}; img-src{images}")
    }
}

/// What is no source is left out: a space or a semicolon in it would say something of its own.
fn listed<'a>(sources: impl Iterator<Item = &'a String>) -> String {
    let mut list = String::new();
    for source in sources.filter(|source| is_source(source)) {
        // Writing into a string cannot fail.
        _ = write!(list, " {source}");
    }
    list
}

fn is_source(text: &str) -> bool {
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | '_');
    text.starts_with("https://") && text.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_source_is_never_part_of_a_policy() {
        let images = [
            "https://images.example",
            "https://x.example; script-src *",
            "'unsafe-inline'",
            "https://x.example\r\nset-cookie: a=b",
            "*",
            "data:",
            "",
        ];
        let policy = Policy {
            frame: Some("https://player.example https://x.example".to_owned()),
            images: images.map(str::to_owned).into(),
        };
        assert_eq!(policy.frame_sources(), "");
        assert_eq!(policy.image_sources(), " https://images.example");
    }
}
