//! A complete response.

use reqwest::header::{HeaderMap, SET_COOKIE};
use serde_json::Value;

/// A complete response.
#[derive(Clone, Debug)]
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestResponse {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{} is not JSON: {error}: {}", self.status, self.lossy()),
        }
    }

    /// The value of a header that occurs at most once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?;
        assert!(values.next().is_none(), "{name} stands twice");
        Some(value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    pub(crate) fn request_id(&self) -> &str {
        self.header("x-request-id").unwrap()
    }

    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        let values = self.headers.get_all(SET_COOKIE).iter();
        values.map(|value| value.to_str().unwrap()).collect()
    }

    /// The device cookie that is set, with its attributes.
    pub(crate) fn set_device(&self) -> Option<&str> {
        self.set_cookies()
            .into_iter()
            .find(|cookie| is_of_device(cookie))
    }

    /// The only other cookie that is set, with its attributes.
    pub(crate) fn set_cookie(&self) -> &str {
        let mut cookies = self.set_cookies();
        cookies.retain(|cookie| !is_of_device(cookie));
        assert_eq!(
            cookies.len(),
            1,
            "{cookies:?} with {} {}",
            self.status,
            self.lossy()
        );
        cookies[0]
    }

    /// The only cookie that is set, as the browser sends it back.
    pub(crate) fn cookie(&self) -> String {
        self.set_cookie().split(';').next().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.lossy());
        self
    }

    #[track_caller]
    pub(crate) fn leads_to(self, location: &str) -> Self {
        assert_eq!(
            (self.status, self.location()),
            (303, location),
            "{}",
            self.lossy()
        );
        self
    }

    /// Checks the complete error envelope of `/v1`; returns its message.
    #[track_caller]
    pub(crate) fn is_refusal(&self, status: u16, code: &str) -> String {
        assert_eq!(self.status, status, "{}", self.lossy());
        assert_eq!(self.header("content-type"), Some("application/json"));
        let body = self.json();
        let object = body.as_object().unwrap();
        let mut keys: Vec<_> = object.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "code",
                "error",
                "fields",
                "message",
                "request_id",
                "success"
            ]
        );
        let error = body["error"].as_str().unwrap();
        assert!(error.starts_with(&format!("{status}: ")), "{error}");
        assert_eq!(body["success"], false);
        assert_eq!(body["code"], code);
        assert!(body["fields"].is_object());
        assert_eq!(body["request_id"], self.request_id());
        body["message"].as_str().unwrap().to_owned()
    }

    /// Checks that the response is a page; returns its HTML.
    #[track_caller]
    pub(crate) fn page(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            Some("text/html; charset=utf-8"),
            "{}",
            self.lossy()
        );
        let html = self.text();
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
        // Leptos writes the data for hydration behind the end of the document.
        let is_whole = ["</main>", "</footer>", "</body>", "</html>"]
            .iter()
            .all(|end| html.contains(end));
        assert!(
            is_whole && html.ends_with('>'),
            "the page is cut off: {html}"
        );
        html
    }

    /// The response without the parts that differ between requests: time and request id.
    pub(crate) fn fingerprint(&self) -> (u16, Vec<(String, String)>, String) {
        let id = self.request_id().to_owned();
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        headers.sort();
        (
            self.status,
            headers,
            self.lossy().replace(&id, "REQUEST-ID"),
        )
    }

    pub(crate) fn lossy(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn is_of_device(cookie: &str) -> bool {
    cookie.starts_with("device=") || cookie.starts_with("__Host-device=")
}
