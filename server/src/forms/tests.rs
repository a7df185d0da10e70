use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use testbed::TestStore;
use tower::ServiceExt as _;

use crate::{
    router,
    test_requests::{request, state},
};

async fn ask(request: Request) -> Response {
    let place = TestStore::fresh();
    let state = state(&place).await;
    router::routes(&state).oneshot(request).await.unwrap()
}

async fn html(response: Response) -> String {
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn nobody_sees_a_page_of_the_studio() {
    let response = ask(request("GET", "/studio/videos/1?a=b", Body::empty())).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let location = &response.headers()[header::LOCATION];
    assert_eq!(location, "/login?next=%2Fstudio%2Fvideos%2F1%3Fa%3Db");
    assert_eq!(html(response).await, "");
}

#[tokio::test]
async fn a_form_that_is_sent_after_the_session_ended_comes_back_as_it_was_typed() {
    let body = "form_version=2&revision=1&name=As+it+was+typed";
    let more = "form_version=2&name=As+it+was+typed&more=offers";
    for (path, body) in [
        ("/studio/products/prd_1", body),
        ("/studio/products/new", body),
        // Without a session no page with more empty rows is rendered either.
        ("/studio/products/new", more),
        // The artists of other accounts are not revealed.
        ("/studio/retailers/new", body),
    ] {
        let response = ask(request("POST", path, body)).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert!(!response.headers().contains_key(header::CACHE_CONTROL));
        let html = html(response).await;
        assert!(html.contains("value=\"As it was typed\""), "{path} {html}");
        assert!(html.contains("Please check: "), "{path} {html}");
    }
}

#[tokio::test]
async fn what_is_no_form_or_too_large_is_refused_before_anything_is_done() {
    const FORM: &str = "application/x-www-form-urlencoded";
    for (kind, body, status) in [
        (
            "text/plain",
            "step=artist".to_owned(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (FORM, "a".repeat(524_289), StatusCode::PAYLOAD_TOO_LARGE),
        (FORM, "step=unknown".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let mut request = request("POST", "/studio", body);
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        assert_eq!(ask(request).await.status(), status, "{kind}");
    }
}
