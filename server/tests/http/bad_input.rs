//! Malformed and hostile input.

mod bodies;
mod heads;
mod text;
