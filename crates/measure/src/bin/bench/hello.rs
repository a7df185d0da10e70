//! The baseline server: axum with one route that says hello, on the same kind of runtime.

use std::net::Ipv4Addr;

use anyhow::{Context as _, Result};
use axum::{Router, routing::get};
use measure::{
    affinity::SERVER_CORE,
    server::{Server, free_address},
};
use tokio::{net::TcpListener, runtime};

use crate::Bench;

/// Serves until it is killed.
pub(crate) fn serve(port: u16) -> Result<()> {
    runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            let router = Router::default().route_service("/", get(async || "Hello, World!"));
            Ok(axum::serve(listener, router).await?)
        })
}

/// Starts it as a separate process on the core of the server.
pub(crate) fn start(bench: &Bench) -> Result<Server> {
    let address = free_address()?;
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command.args(["hello", "--port", &address.port().to_string()]);
    command.env_clear();
    let log = bench.data("hello.log");
    let mut server = Server::spawn(command, address, Some(SERVER_CORE), &log)?;
    server.wait_for("/")?;
    Ok(server)
}
