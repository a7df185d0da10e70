//! A form of a content page as it was sent.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};

use super::decode;
use crate::{
    content::Reader,
    middleware::limits::{MAX_BODY, MAX_FORM},
    problem,
    state::AppState,
};

/// A form of a content page as it was sent, and who sent it.
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    /// Who sent it; nobody, when the session has ended.
    pub(crate) reader: Reader,
    /// What was sent.
    pub(crate) entries: Entries,
}

impl FromRequest<AppState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let reader = Reader::from_request_parts(&mut parts, state).await?;
        let most = match reader.identity.visitor {
            Some(_) => MAX_FORM,
            None => MAX_BODY,
        };
        let decoded = decode(&parts, body, most, state.timeouts.body).await;
        problem::acquire(&parts).await?;
        match decoded {
            Ok(pairs) => Ok(Self {
                reader,
                entries: Entries::new(pairs),
            }),
            Err(refusal) => Err(reader.fail(refusal).await),
        }
    }
}

/// Names and values of a form, in the order of the page: rows repeat their names, and the button
/// that was pressed is the last entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entries(Vec<(String, String)>);

impl Entries {
    /// Lines end in one character, whoever sent them: a browser sends two, a script one.
    fn new(pairs: Vec<(String, String)>) -> Self {
        let with_lines = |(name, value): (String, String)| (name, value.replace("\r\n", "\n"));
        Self(pairs.into_iter().map(with_lines).collect())
    }

    /// The first value of this name; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Whether there is an entry of this name: a checked box, a pressed button.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// All values of this name, in order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Everything, in order.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::HeaderMap, http::header};
    use std::time::Duration;

    use super::*;
    use crate::middleware::limits::parts;

    async fn read(body: &'static str) -> Entries {
        let kind = "application/x-www-form-urlencoded;charset=UTF-8"
            .parse()
            .unwrap();
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
        let pairs = decode(
            &parts(headers),
            Body::from(body),
            MAX_FORM,
            Duration::from_secs(1),
        )
        .await;
        Entries::new(pairs.unwrap())
    }

    #[tokio::test]
    async fn rows_keep_their_order() {
        let entries = read("offer=a&price=1&offer=b+c&price=%C3%A9&remove=1").await;
        assert_eq!(entries.all("offer").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(entries.text("price"), "1");
        assert!(entries.has("remove") && !entries.has("save"));
        assert_eq!(entries.text("save"), "");
        assert_eq!(entries.pairs().len(), 5);
    }

    #[tokio::test]
    async fn a_line_ends_in_one_character() {
        assert_eq!(read("text=a%0D%0Ab%0Ac%0D").await.text("text"), "a\nb\nc\r");
    }

    #[tokio::test]
    async fn an_empty_form_has_no_entries() {
        assert_eq!(read("").await, Entries::default());
    }
}
