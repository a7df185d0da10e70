//! The program itself, as whoever runs it meets it.

mod kill;
mod refusals;
mod stop;
