//! `/v1`, exactly as programs rely on it.

mod auth;
mod catalogue;
mod envelope;
mod methods;
mod quotas;
mod test;
mod users;
