//! Opaque ids of the catalogue: a prefix for the kind and a UUIDv7 in 32 hexadecimal digits (RFC
//! 9562).

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Number of hexadecimal digits of a UUID.
const DIGITS: usize = 32;

/// Parses an id with this prefix.
fn parse(text: &str, prefix: &str) -> Option<String> {
    let digits = text.strip_prefix(prefix)?;
    let is_lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (digits.len() == DIGITS && digits.bytes().all(is_lower_hex)).then(|| text.to_owned())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new, unique id.
            pub(crate) fn generate() -> Self {
                Self(format!(concat!($prefix, "{}"), Uuid::now_v7().simple()))
            }

            /// Parses an id; `None` if it has another form.
            pub fn parse(text: &str) -> Option<Self> {
                parse(text, $prefix).map(Self)
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// The id of an artist: `art_…`.
    ArtistId,
    "art_"
);
id!(
    /// The id of a video: `vid_…`.
    VideoId,
    "vid_"
);
id!(
    /// The id of a product: `prd_…`.
    ProductId,
    "prd_"
);
id!(
    /// The id of a retailer: `ret_…`.
    RetailerId,
    "ret_"
);
id!(
    /// The id of an offer: `off_…`.
    OfferId,
    "off_"
);
id!(
    /// The id of a placement, a product at a time of a video: `plc_…`.
    PlacementId,
    "plc_"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_name_is_read_back() {
        let id = VideoId::generate();
        assert_eq!(VideoId::parse(id.as_str()), Some(id));
    }

    #[test]
    fn anything_else_names_nothing() {
        let video = VideoId::generate().to_string();
        let shouted = video.to_uppercase();
        for text in [
            "",
            "vid_",
            "vid_1",
            &shouted,
            &video[..35],
            "../vid_",
            "vid_é",
        ] {
            assert_eq!(VideoId::parse(text), None, "{text}");
        }
        assert_eq!(ArtistId::parse(&video), None);
    }
}
