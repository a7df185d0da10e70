//! The requests that are measured.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use http_body_util::Full;
use serde_json::{Value, json};

use crate::people::TestAccount;

/// A request that is ready to be sent.
pub type Call = Request<Full<Bytes>>;

/// Signs an account up.
pub fn sign_up(person: &TestAccount) -> Call {
    post("/v1/users/new", &credentials(person), None)
}

/// Logs in.
pub fn log_in(person: &TestAccount) -> Call {
    post("/v1/auth/login", &credentials(person), None)
}

/// Logs out.
pub fn log_out(cookie: &str) -> Call {
    post("/v1/auth/logout", &json!({}), Some(cookie))
}

/// Ends all sessions of an account, with the form that a browser without JavaScript sends.
pub fn end_all_sessions(cookie: &str) -> Call {
    build(
        Method::POST,
        "/account/sessions/end",
        Some(cookie),
        Bytes::new(),
    )
}

/// Reads the current user.
pub fn read(cookie: &str) -> Call {
    get("/v1/test", Some(cookie))
}

/// A GET request.
pub fn get(path: &str, cookie: Option<&str>) -> Call {
    build(Method::GET, path, cookie, Bytes::new())
}

/// A POST request with JSON.
pub fn post(path: &str, body: &Value, cookie: Option<&str>) -> Call {
    build(Method::POST, path, cookie, Bytes::from(body.to_string()))
}

/// Updates or deletes an entity of the catalogue at any revision; `null` sends no body.
pub fn change(method: Method, path: &str, body: &Value, cookie: &str) -> Call {
    let body = match body {
        Value::Null => Bytes::new(),
        body => Bytes::from(body.to_string()),
    };
    let mut call = build(method, path, Some(cookie), body);
    let any = HeaderValue::from_static("*");
    call.headers_mut().insert(header::IF_MATCH, any);
    call
}

fn credentials(person: &TestAccount) -> Value {
    json!({ "email_address": person.address, "password": person.password })
}

/// Builds a request. A path or a cookie that cannot be sent results in a request that fails: they
/// are constants and values of the server.
fn build(method: Method, path: &str, cookie: Option<&str>, body: Bytes) -> Call {
    let mut request = Request::builder().method(method).uri(path);
    if !body.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Full::new(body)).unwrap_or_default()
}
