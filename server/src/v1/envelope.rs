//! The envelope of every response of `/v1`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::problem::ProblemResponse;

#[derive(Serialize)]
struct SuccessBody<'a, T: Serialize> {
    message: &'a str,
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a T>,
}

#[derive(Serialize)]
struct ListBody<'a> {
    message: &'a str,
    success: bool,
    data: &'a [Value],
    total: u64,
    next: Option<String>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error: &'a str,
    message: &'a str,
    success: bool,
    code: &'a str,
    fields: &'a Map<String, Value>,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
}

/// A success without data.
pub(super) fn success(status: StatusCode, message: &str) -> Response {
    let body = SuccessBody::<()> {
        message,
        success: true,
        data: None,
    };
    (status, Json(body)).into_response()
}

/// A success with data.
pub(super) fn success_with(message: &str, data: &impl Serialize) -> Response {
    let body = SuccessBody {
        message,
        success: true,
        data: Some(data),
    };
    Json(body).into_response()
}

/// A page of a list; `next` is the path of the following page.
pub(super) fn list(message: &str, data: &[Value], total: u64, next: Option<String>) -> Response {
    let body = ListBody {
        message,
        success: true,
        data,
        total,
        next,
    };
    Json(body).into_response()
}

/// A refusal or a failure.
pub(crate) fn error(refusal: &ProblemResponse, request_id: &str) -> Response {
    let reason = refusal.status.canonical_reason().unwrap_or_default();
    let error = format!("{}: {reason}", refusal.status.as_u16());
    let body = ErrorBody {
        error: &error,
        message: &refusal.message,
        success: false,
        code: refusal.code,
        fields: &refusal.fields,
        request_id,
        data: refusal.current.as_ref().map(|current| &current.data),
    };
    let mut response = Json(body).into_response();
    refusal.mark(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn text(response: Response) -> String {
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_refusal_has_every_field_in_its_place() {
        let response = error(&ProblemResponse::not_found(), "abc");
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(
            text(response).await,
            "{\"error\":\"404: Not Found\",\"message\":\"The requested URL was not found on the \
             server. If you entered the URL manually please check your spelling and try again.\",\
             \"success\":false,\"code\":\"not_found\",\"fields\":{},\"request_id\":\"abc\"}"
        );
    }

    #[tokio::test]
    async fn success_says_so() {
        assert_eq!(
            text(success(StatusCode::CREATED, "Made.")).await,
            "{\"message\":\"Made.\",\"success\":true}"
        );
        assert_eq!(
            text(success_with("Test", &7)).await,
            "{\"message\":\"Test\",\"success\":true,\"data\":7}"
        );
    }
}
