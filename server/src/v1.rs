//! `/v1`: the JSON API.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod catalogue;
mod current_user;
pub(crate) mod envelope;
pub(crate) mod test;
pub(crate) mod users;
