//! The message protocols and URL parameters of the providers' players.

use types::pages::PlayerSource;

const YOUTUBE: &str = "https://www.youtube-nocookie.com";
const VIMEO: &str = "https://player.vimeo.com";

/// Subscribes to the time of Vimeo's player.
const LISTEN: &str = r#"{"method":"addEventListener","value":"timeupdate"}"#;

/// The protocol of a player.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Protocol {
    YouTube,
    Vimeo,
    /// No messages; the URL has a start time. The player of `PeerTube`, and every other.
    AddressOnly,
}

impl Protocol {
    /// The protocol of the player at this origin.
    pub(super) fn of(origin: &str) -> Self {
        match origin {
            YOUTUBE => Self::YouTube,
            VIMEO => Self::Vimeo,
            _ => Self::AddressOnly,
        }
    }

    /// The URL of the player that starts at this second and sends messages to pages of `own_origin`.
    pub(super) fn address(self, source: &PlayerSource, second: u32, own_origin: &str) -> String {
        let url = source.url.as_str();
        let mark = if url.contains('?') { "&" } else { "?" };
        let start = second.to_string();
        match self {
            Self::YouTube => [
                url,
                mark,
                "enablejsapi=1&origin=",
                own_origin,
                "&start=",
                &start,
            ]
            .concat(),
            Self::Vimeo => [url, mark, "dnt=1#t=", &start, "s"].concat(),
            Self::AddressOnly => [url, mark, "start=", &start, "s"].concat(),
        }
    }

    /// The message that makes a loaded player send its time; `None` if it never does.
    pub(super) fn subscription(self) -> Option<&'static str> {
        match self {
            Self::YouTube => Some(r#"{"event":"listening","id":1,"channel":"widget"}"#),
            Self::Vimeo => Some(LISTEN),
            Self::AddressOnly => None,
        }
    }

    /// The reply to a message of the player. Vimeo's player is subscribed to again when it is ready,
    /// because it may not have been at the first subscription.
    pub(super) fn answer(self, message: &str) -> Option<&'static str> {
        (self == Self::Vimeo && message.contains("\"ready\"")).then_some(LISTEN)
    }

    /// The message that seeks to a second; `None` if the player must be reloaded.
    pub(super) fn seek(self, second: u32) -> Option<String> {
        let start = second.to_string();
        match self {
            Self::YouTube => {
                let words = [
                    r#"{"event":"command","func":"seekTo","args":["#,
                    &start,
                    ",true]}",
                ];
                Some(words.concat())
            }
            Self::Vimeo => Some([r#"{"method":"setCurrentTime","value":"#, &start, "}"].concat()),
            Self::AddressOnly => None,
        }
    }
}

/// The current second in a message of a player, if it has one.
pub(super) fn second_in(message: &str) -> Option<f64> {
    number_behind(message, "\"currentTime\":").or_else(|| number_behind(message, "\"seconds\":"))
}

/// The number after a name in JSON. A full JSON parser would enlarge the WebAssembly.
fn number_behind(text: &str, name: &str) -> Option<f64> {
    let (_, rest) = text.split_once(name)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    rest[..end.unwrap_or(rest.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://inspired.example";

    fn address(url: &str, origin: &str) -> String {
        let source = PlayerSource {
            url: url.to_owned(),
            origin: origin.to_owned(),
        };
        Protocol::of(origin).address(&source, 83, OWN)
    }

    #[test]
    fn a_player_begins_at_the_second_that_its_address_names() {
        assert_eq!(
            address("https://www.youtube-nocookie.com/embed/x", YOUTUBE),
            "https://www.youtube-nocookie.com/embed/x?enablejsapi=1\
             &origin=https://inspired.example&start=83"
        );
        assert_eq!(
            address("https://player.vimeo.com/video/1?h=ab", VIMEO),
            "https://player.vimeo.com/video/1?h=ab&dnt=1#t=83s"
        );
        assert_eq!(
            address(
                "https://films.example/videos/embed/x",
                "https://films.example"
            ),
            "https://films.example/videos/embed/x?start=83s"
        );
    }

    #[test]
    fn a_player_that_understands_no_message_is_sent_none() {
        let protocol = Protocol::of("https://films.example");
        assert_eq!(protocol.subscription(), None);
        assert_eq!(protocol.answer(r#"{"event":"ready"}"#), None);
        assert_eq!(protocol.seek(83), None);
    }

    #[test]
    fn only_vimeo_is_subscribed_to_again_when_it_is_ready() {
        let ready = r#"{"event":"ready"}"#;
        assert_eq!(Protocol::Vimeo.answer(ready), Some(LISTEN));
        assert_eq!(Protocol::Vimeo.answer(r#"{"event":"play"}"#), None);
        assert_eq!(Protocol::YouTube.answer(ready), None);
    }

    #[test]
    fn a_player_is_moved_in_its_own_words() {
        assert_eq!(
            Protocol::YouTube.seek(720).as_deref(),
            Some(r#"{"event":"command","func":"seekTo","args":[720,true]}"#)
        );
        assert_eq!(
            Protocol::Vimeo.seek(720).as_deref(),
            Some(r#"{"method":"setCurrentTime","value":720}"#)
        );
    }

    #[test]
    fn the_second_is_found_in_the_message_of_a_player() {
        let message = r#"{"event":"infoDelivery","info":{"currentTime":12.5,"duration":100}}"#;
        assert_eq!(second_in(message), Some(12.5));
        let message = r#"{"event":"timeupdate","data":{"seconds":3}}"#;
        assert_eq!(second_in(message), Some(3.0));
        for nothing in ["", r#"{"currentTime":null}"#, r#"{"currentTime":"#] {
            assert_eq!(second_in(nothing), None, "{nothing}");
        }
    }
}
