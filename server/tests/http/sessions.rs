//! Sessions, from login to end.

mod cookies;
mod devices;
mod ends;
mod logout;
