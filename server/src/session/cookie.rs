//! The session cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::sessions::SessionKey;
use tower_sessions::{cookie::Cookie, session::Id};

/// Maximum number of session ids in one request that are looked up.
const MOST: usize = 4;

/// The name and the attributes of the session cookie. The prefix `__Host-` makes browsers require
/// `Secure` and `Path=/` and refuse `Domain`, so that no other host can set the cookie.
#[derive(Debug)]
pub(crate) struct SessionCookie {
    is_secure: bool,
}

impl SessionCookie {
    pub(crate) fn new(is_secure: bool) -> Self {
        Self { is_secure }
    }

    pub(crate) fn name(&self) -> &'static str {
        if self.is_secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The key of the request's session. Two cookies of the name are treated as none: another host has set
    /// one of them, and the server cannot know which. A malformed cookie is treated as none, too.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Option<SessionKey> {
        let id = self.read_id(headers)?;
        Some(key_of(&id))
    }

    /// All sessions in a request, for a log-out: it must end the browser's session even if somebody has
    /// planted other cookies beside it.
    ///
    /// Each session costs a read, so only the last [`MOST`] different ones are used. Browsers send cookies
    /// with longer paths first, then older ones (RFC 6265, 5.4), and ours has the shortest path. Only
    /// cookies with `Path=/` that were set later for a parent domain can follow it, at most one for each
    /// domain. Over https the name has the prefix `__Host-`, and nobody else can set such a cookie.
    pub(super) fn read_all(&self, headers: &HeaderMap) -> PresentedSessions {
        let mut values = self.values(headers).peekable();
        let has_any = values.peek().is_some();
        let mut ids: Vec<Id> = Vec::new();
        for id in values.filter_map(parse) {
            ids.retain(|known| *known != id);
            if ids.len() == MOST {
                ids.remove(0);
            }
            ids.push(id);
        }
        let keys = ids.iter().map(key_of).collect();
        PresentedSessions { has_any, keys }
    }

    fn read_id(&self, headers: &HeaderMap) -> Option<Id> {
        let mut values = self.values(headers);
        let value = values.next()?;
        if values.next().is_some() {
            return None;
        }
        parse(value)
    }

    fn values<'a>(&self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a [u8]> {
        let name = self.name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .flat_map(|cookies| cookies.as_bytes().split(|byte| *byte == b';'))
            .filter_map(move |pair| pair.trim_ascii().strip_prefix(name.as_bytes()))
            .filter_map(|rest| rest.strip_prefix(b"="))
    }

    /// Removes all cookies of a request except the one that [`read`](Self::read) accepts.
    pub(super) fn keep_only_ours(&self, headers: &mut HeaderMap) {
        let ours = self.read_id(headers).and_then(|id| {
            let cookie = format!("{}={id}", self.name());
            HeaderValue::try_from(cookie).ok()
        });
        headers.remove(header::COOKIE);
        if let Some(cookie) = ours {
            headers.insert(header::COOKIE, cookie);
        }
    }

    /// Removes the cookie from the browser, unless the response sets it.
    pub(super) fn remove(&self, headers: &mut HeaderMap) {
        let is_set = |value: &HeaderValue| {
            let rest = value.as_bytes().strip_prefix(self.name().as_bytes());
            rest.is_some_and(|rest| rest.starts_with(b"="))
        };
        if headers.get_all(header::SET_COOKIE).iter().any(is_set) {
            return;
        }
        let removal = format!("{}=; Max-Age=0", self.name());
        if let Ok(removal) = HeaderValue::try_from(removal) {
            headers.append(header::SET_COOKIE, removal);
        }
    }

    /// Rewrites the session cookies of a response with all attributes.
    pub(super) fn complete(&self, headers: &mut HeaderMap) {
        let header::Entry::Occupied(set) = headers.entry(header::SET_COOKIE) else {
            return;
        };
        let (_, values) = set.remove_entry_mult();
        let values: Vec<_> = values.collect();
        for value in values {
            let completed = self.complete_one(&value).unwrap_or(value);
            headers.append(header::SET_COOKIE, completed);
        }
    }

    fn complete_one(&self, value: &HeaderValue) -> Option<HeaderValue> {
        let cookie = Cookie::parse(value.to_str().ok()?).ok()?;
        if cookie.name() != self.name() {
            return None;
        }
        let secure = if self.is_secure { "Secure; " } else { "" };
        let mut text = format!(
            "{}={}; {secure}HttpOnly; Path=/; SameSite=Lax",
            self.name(),
            cookie.value()
        );
        if let Some(age) = cookie.max_age() {
            text.push_str(&format!("; Max-Age={}", age.whole_seconds()));
        }
        HeaderValue::try_from(text).ok()
    }
}

/// The session cookies of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct PresentedSessions {
    /// Whether there was any, valid or not.
    pub(super) has_any: bool,
    /// The keys of the sessions that they may name.
    pub(super) keys: Vec<SessionKey>,
}

fn parse(value: &[u8]) -> Option<Id> {
    str::from_utf8(value).ok()?.parse().ok()
}

/// The domain's key of a session, a hash of the id; only the browser has the id itself.
pub(super) fn key_of(id: &Id) -> SessionKey {
    SessionKey::of(&id.0.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "AAECAwQFBgcICQoLDA0ODw";

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        let values = cookies.iter().copied().map(HeaderValue::from_static);
        values.map(|value| (header::COOKIE, value)).collect()
    }

    fn is_read(cookies: &[&'static str]) -> bool {
        SessionCookie::new(false).read(&headers(cookies)).is_some()
    }

    #[test]
    fn one_cookie_is_read_wherever_it_stands() {
        assert!(is_read(&["session=AAECAwQFBgcICQoLDA0ODw"]));
        assert!(is_read(&["a=b; session=AAECAwQFBgcICQoLDA0ODw;c=d"]));
        assert!(is_read(&["a=b", "session=AAECAwQFBgcICQoLDA0ODw"]));
    }

    #[test]
    fn what_is_not_exactly_one_well_formed_cookie_is_none() {
        for cookies in [
            &[][..],
            &["session="],
            &["session=AAECAwQFBgcICQoLDA0OD"],
            &["session=AAECAwQFBgcICQoLDA0ODwA"],
            &["session=AAECAwQFBgcICQoLDA0ODx"],
            &["session=\"AAECAwQFBgcICQoLDA0ODw\""],
            &["session=AAECAwQFBgcICQoLDA0OD+"],
            &["Session=AAECAwQFBgcICQoLDA0ODw"],
            &["xsession=AAECAwQFBgcICQoLDA0ODw"],
            &["__Host-session=AAECAwQFBgcICQoLDA0ODw"],
            &["session=AAECAwQFBgcICQoLDA0ODw; session=AAECAwQFBgcICQoLDA0ODw"],
            &["session=AAECAwQFBgcICQoLDA0ODw; session=x"],
            &[
                "session=AAECAwQFBgcICQoLDA0ODw",
                "session=AAECAwQFBgcICQoLDA0ODg",
            ],
        ] {
            assert!(!is_read(cookies), "{cookies:?}");
        }
    }

    #[test]
    fn the_last_four_different_sessions_are_looked_at() {
        let id = |number: u8| Id(i128::from(number));
        let pair = |number: u8| format!("session={}", id(number));
        let mut pairs: Vec<_> = (1..=200).map(pair).collect();
        pairs.push("session=x".to_owned());
        pairs.extend((0..100).map(|_| pair(199)));
        pairs.push(pair(198));
        let value = HeaderValue::try_from(pairs.join("; ")).unwrap();
        let headers = HeaderMap::from_iter([(header::COOKIE, value)]);
        let presented = SessionCookie::new(false).read_all(&headers);
        assert!(presented.has_any);
        assert_eq!(
            presented.keys,
            [197, 200, 199, 198].map(|number| key_of(&id(number)))
        );
    }

    #[test]
    fn the_layer_sees_our_cookie_or_none() {
        let cookie = SessionCookie::new(false);
        let mut one = headers(&["a=b; session=AAECAwQFBgcICQoLDA0ODw"]);
        cookie.keep_only_ours(&mut one);
        assert_eq!(one[header::COOKIE], format!("session={ID}"));
        let mut two = headers(&["session=AAECAwQFBgcICQoLDA0ODw; session=x"]);
        cookie.keep_only_ours(&mut two);
        assert!(!two.contains_key(header::COOKIE));
    }

    #[test]
    fn a_cookie_is_set_and_removed_with_every_attribute() {
        let set = |is_secure, value: &str| {
            let value = HeaderValue::try_from(value).unwrap();
            let mut headers = HeaderMap::from_iter([(header::SET_COOKIE, value)]);
            SessionCookie::new(is_secure).complete(&mut headers);
            headers[header::SET_COOKIE].to_str().unwrap().to_owned()
        };
        assert_eq!(
            set(false, "session=x; HttpOnly; SameSite=Lax; Path=/"),
            "session=x; HttpOnly; Path=/; SameSite=Lax"
        );
        assert_eq!(
            set(
                true,
                "__Host-session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
            ),
            "__Host-session=; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=0"
        );
        assert_eq!(set(true, "theme=dark"), "theme=dark");
    }
}
