//! What nobody should send.

mod bodies;
mod heads;
mod text;
