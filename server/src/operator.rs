//! What the operator does with accounts, with or without a server that runs.
//!
//! The folder of the embedded store belongs to one process. While a server has it, a command sends
//! its request to that server through a Unix socket in the folder, and the server does the work. The
//! same function does it where no server runs.

mod address;
mod client;
mod execute;
mod message;
mod report;
mod socket;

pub(crate) use self::{
    client::{PATIENCE, ask},
    execute::execute,
    message::{Artists, Reply, Request},
    socket::OperatorSocket,
};
