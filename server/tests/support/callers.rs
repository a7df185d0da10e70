//! Callers of the server, with one method per endpoint.

use std::net::SocketAddr;

use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::{Value, json};
use types::catalogue::FORM_VERSION;

use super::{answer::TestResponse, app::TestApp};

/// A valid password.
pub(crate) const PASSWORD: &str = "a long walk by the sea";

pub(crate) fn credentials(address: &str, password: &str) -> Value {
    json!({ "email_address": address, "password": password })
}

/// A browser without a session.
#[derive(Clone, Debug)]
pub(crate) struct Anonymous(Wire);

/// A browser with a session.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    wire: Wire,
    /// The `Cookie` header.
    pub(crate) cookie: String,
    /// The id of the account.
    pub(crate) id: String,
}

/// A program, which sends no browser headers.
#[derive(Clone, Debug)]
pub(crate) struct Program(Wire);

/// The connection to a server.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    client: Client,
    address: SocketAddr,
    url: String,
}

impl Wire {
    fn to(app: &TestApp) -> Self {
        Self::new(app.address, &app.url)
    }

    fn new(address: SocketAddr, url: &str) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            client,
            address,
            url: url.to_owned(),
        }
    }

    fn call(&self, method: Method, path: &str) -> Call {
        let host = self.url.split("://").nth(1).unwrap();
        let url = format!("http://{}{path}", self.address);
        Call {
            request: self.client.request(method, url),
            host: host.to_owned(),
        }
    }
}

/// A request under construction.
#[derive(Debug)]
pub(crate) struct Call {
    request: RequestBuilder,
    host: String,
}

impl Call {
    pub(crate) fn header(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let request = self.request.header(name, value.as_ref());
        Self { request, ..self }
    }

    /// Sets the `Host`.
    pub(crate) fn host(self, host: &str) -> Self {
        let host = host.to_owned();
        Self { host, ..self }
    }

    pub(crate) fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        let request = self.request.json(body);
        Self { request, ..self }
    }

    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.header("content-type", "application/x-www-form-urlencoded")
            .body(body)
    }

    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        let request = self.request.body(body.into());
        Self { request, ..self }
    }

    pub(crate) async fn send(self) -> TestResponse {
        self.try_send().await.unwrap()
    }

    /// Sends the request to a server that may be unreachable.
    pub(crate) async fn try_send(self) -> reqwest::Result<TestResponse> {
        let response = self.request.header("host", self.host).send().await?;
        Ok(TestResponse {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await?.to_vec(),
        })
    }
}

/// A caller.
pub(crate) trait Caller {
    /// A request with the headers that this caller always sends.
    fn call(&self, method: Method, path: &str) -> Call;

    fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    async fn new_user(&self, body: &Value) -> TestResponse {
        self.post("/v1/users/new").json(body).send().await
    }

    async fn log_in(&self, address: &str, password: &str) -> TestResponse {
        let body = credentials(address, password);
        self.post("/v1/auth/login").json(&body).send().await
    }

    async fn log_out(&self) -> TestResponse {
        self.post("/v1/auth/logout").send().await
    }

    async fn test(&self) -> TestResponse {
        self.get("/v1/test").send().await
    }

    /// Requests a page.
    async fn visit(&self, path: &str) -> TestResponse {
        self.get(path).send().await
    }

    /// Posts a plain form as a browser without JavaScript does. The form version of pages is added if it is
    /// missing.
    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> TestResponse {
        let version = ("form_version", FORM_VERSION);
        let mut fields = fields.to_vec();
        if fields.iter().all(|(name, _)| *name != version.0) {
            fields.push(version);
        }
        self.post(path).form(&fields).send().await
    }

    /// Calls a server function as the page does.
    async fn function(&self, name: &str, arguments: &Value) -> TestResponse {
        let call = self
            .post(&format!("/api/{name}"))
            .header("x-inspired-build", build());
        call.json(arguments).send().await
    }
}

/// The id of the build under test.
pub(crate) fn build() -> &'static str {
    server::site::SITE.build
}

impl Caller for Anonymous {
    fn call(&self, method: Method, path: &str) -> Call {
        from_own_page(&self.0, method, path)
    }
}

impl Caller for SignedIn {
    fn call(&self, method: Method, path: &str) -> Call {
        from_own_page(&self.wire, method, path).cookie(&self.cookie)
    }
}

impl Caller for Program {
    fn call(&self, method: Method, path: &str) -> Call {
        self.0.call(method, path)
    }
}

/// A browser sends its origin with unsafe requests.
fn from_own_page(wire: &Wire, method: Method, path: &str) -> Call {
    let is_safe = method == Method::GET || method == Method::HEAD;
    let call = wire
        .call(method, path)
        .header("sec-fetch-site", "same-origin");
    if is_safe {
        return call;
    }
    call.header("origin", &wire.url)
}

impl Anonymous {
    pub(crate) fn of(app: &TestApp) -> Self {
        Self(Wire::to(app))
    }
}

impl Program {
    pub(crate) fn of(app: &TestApp) -> Self {
        Self(Wire::to(app))
    }

    /// A program for a server in another process, on its loopback name.
    pub(crate) fn at(address: SocketAddr) -> Self {
        Self(Wire::new(address, &format!("http://{address}")))
    }
}

impl SignedIn {
    /// Signs up, which starts a session.
    pub(crate) async fn sign_up(app: &TestApp, address: &str) -> Self {
        let form = [("email_address", address), ("password", PASSWORD)];
        let answer = Anonymous::of(app)
            .submit("/signup", &form)
            .await
            .leads_to("/studio");
        Self::with_cookie(app, &answer.cookie()).await
    }

    /// Logs in, which starts another session of the account.
    pub(crate) async fn log_in(app: &TestApp, address: &str) -> Self {
        let answer = Anonymous::of(app).log_in(address, PASSWORD).await.is(200);
        Self::with_cookie(app, &answer.cookie()).await
    }

    async fn with_cookie(app: &TestApp, cookie: &str) -> Self {
        let wire = Wire::to(app);
        let call = wire.call(Method::GET, "/v1/test").cookie(cookie);
        let who = call.send().await.is(200).json();
        Self {
            wire,
            cookie: cookie.to_owned(),
            id: who["data"]["id"].as_str().unwrap().to_owned(),
        }
    }

    /// The same cookie at another instance of the server.
    pub(crate) fn at(&self, app: &TestApp) -> Self {
        Self {
            wire: Wire::to(app),
            ..self.clone()
        }
    }

    /// Whether the session is still valid.
    pub(crate) async fn is_alive(&self) -> bool {
        let answer = self.test().await;
        assert!(
            [200, 401].contains(&answer.status),
            "{} {}",
            answer.status,
            answer.lossy()
        );
        answer.status == 200
    }
}
