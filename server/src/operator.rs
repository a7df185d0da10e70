//! The operator's commands on accounts, with or without a running server.
//!
//! The data folder of the embedded store belongs to one process. While a server runs, a command sends
//! its request through a Unix socket in that folder, and the server executes it. Without a server the
//! command executes it with the same function.

mod client;
mod execute;
mod message;
mod report;
mod socket;
mod socket_address;

pub(crate) use self::{
    client::{REPLY_TIMEOUT, send_request},
    execute::execute,
    message::{ArtistDisposal, OperatorReply, OperatorRequest},
    socket::OperatorSocket,
};
