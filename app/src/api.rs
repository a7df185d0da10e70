//! Server functions: thin, each calls one function of the domain.
//!
//! Each has a body of its own name with a [`Visit`](crate::visit::Visit), which the plain form on
//! the page calls too. Their input is JSON, so that no plain form of another site can send it.

pub mod accounts;
pub mod public;
pub mod sessions;
pub mod studio;
