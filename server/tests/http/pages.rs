//! What people see, with JavaScript off.

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
