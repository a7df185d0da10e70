//! Server functions. Each is thin: it calls one function of the domain.
//!
//! Each has a body in its module `ssr` that takes a [`RequestContext`](crate::request_context::RequestContext). The handler of
//! the plain form on the same page calls that body, too. The input is JSON: an HTML form of another
//! site cannot send that media type, so it cannot call a server function.

pub mod accounts;
pub mod public;
pub mod sessions;
pub mod studio;
