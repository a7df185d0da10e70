//! `/v1`, exactly as clients rely on it.

mod auth;
mod catalogue;
mod envelope;
mod methods;
mod quotas;
mod test;
mod users;
