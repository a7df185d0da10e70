//! Content negotiation by `Accept-Encoding`.

use axum::http::{HeaderMap, header};

/// A content coding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The name in `Content-Encoding`; `None` for the plain file.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The quality of each coding in thousandths, as sent.
#[derive(Debug)]
pub(super) struct AcceptEncoding<'a>(Vec<(&'a str, u16)>);

impl<'a> AcceptEncoding<'a> {
    pub(super) fn of(headers: &'a HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        let items = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        Self(items.filter_map(read_item).collect())
    }

    /// The quality of a coding, 0 if the client does not accept it. A coding must be named, or covered by
    /// `*` (RFC 9110, 12.5.3). The plain file is always accepted, because every client can read it.
    pub(super) fn quality(&self, encoding: Encoding) -> u16 {
        let quality_of = |name: &str| {
            let mut items = self.0.iter();
            let (_, quality) = items.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            Some(*quality)
        };
        let Some(name) = encoding.name() else {
            return 1;
        };
        quality_of(name).or_else(|| quality_of("*")).unwrap_or(0)
    }
}

fn read_item(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';');
    let name = parts.next()?.trim();
    let weight = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    let quality = match weight {
        Some(weight) => weight
            .parse::<f32>()
            .ok()
            .filter(|q| (0.0..=1.0).contains(q))?,
        None => 1.0,
    };
    Some((name, (quality * 1000.0) as u16))
}
