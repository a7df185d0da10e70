//! Sessions, from login to end.

mod cookies;
mod ends;
mod logout;
