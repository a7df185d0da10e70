//! Pages without JavaScript.

mod account;
mod direction;
mod home;
mod log_in;
mod log_out;
mod not_found;
mod policy;
mod public;
mod sign_up;
mod studio;
mod trouble;

pub(crate) use self::public::{Creator, published_artist, published_product, published_video};
