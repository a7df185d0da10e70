//! The catalogue in `/v1`, exactly as clients rely on it.

mod bodies;
mod lists;
mod lives;
mod patches;
mod races;
mod retailers;
mod rights;
mod routes;
mod texts;
mod typed;
mod versions;
