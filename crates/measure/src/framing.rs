//! Requests and responses as bytes, for clients with minimal cost.
//!
//! A client that costs as much as the server measures itself. So requests are encoded once, and of
//! a response only the status and the length are parsed.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

use anyhow::{Context as _, Result, bail};

/// Maximum size of a response in bytes.
const MOST: usize = 4 * 1024 * 1024;

/// A GET request as bytes.
pub fn get(address: SocketAddr, path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map_or(String::new(), |cookie| format!("cookie: {cookie}\r\n"));
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{cookie}\r\n").into_bytes()
}

/// The head of a response, which determines its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The status.
    pub status: u16,
    /// Size of the head in bytes, including the empty line.
    pub head: usize,
    /// Size of head and body together in bytes.
    pub whole: usize,
}

impl Frame {
    /// Parses the head, if it is complete.
    ///
    /// # Errors
    /// If it is not the head of a response with a length.
    pub fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            if bytes.len() > MOST {
                bail!("the head of an answer does not end");
            }
            return Ok(None);
        };
        let head = str::from_utf8(&bytes[..end]).context("the head of an answer is not text")?;
        let status = head.get(9..12).and_then(|status| status.parse().ok());
        let status = status.context("an answer without a status")?;
        let length = head.split("\r\n").find_map(length_of);
        let length = length.context("an answer without a length")?;
        Ok(Some(Self {
            status,
            head: end + 4,
            whole: end + 4 + length,
        }))
    }

    /// True for a status of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

fn length_of(line: &str) -> Option<usize> {
    let (name, value) = line.split_once(':')?;
    if !name.eq_ignore_ascii_case("content-length") {
        return None;
    }
    value.trim().parse().ok()
}

/// Opens a connection without Nagle's algorithm.
///
/// # Errors
/// If nothing listens at the address.
pub fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address).context("cannot connect")?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Sends a request and reads its whole response.
///
/// # Errors
/// If the connection breaks.
pub fn exchange(stream: &mut TcpStream, request: &[u8]) -> Result<(Frame, Vec<u8>)> {
    stream.write_all(request)?;
    let mut bytes = Vec::new();
    let frame = receive(stream, &mut bytes)?;
    Ok((frame, bytes))
}

/// Reads one whole response into a buffer that is cleared first.
///
/// # Errors
/// If the connection breaks.
pub fn receive(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Result<Frame> {
    bytes.clear();
    let mut chunk = [0; 32 * 1024];
    let mut frame = None;
    loop {
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            bail!("the server closed the connection");
        }
        bytes.extend_from_slice(&chunk[..count]);
        if frame.is_none() {
            frame = Frame::read(bytes)?;
        }
        if let Some(frame) = frame
            && bytes.len() >= frame.whole
        {
            return Ok(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_after_its_length() {
        let answer = b"HTTP/1.1 200 OK\r\nServer: a\r\nContent-LENGTH: 5\r\n\r\nhello";
        let frame = Frame::read(answer).unwrap().unwrap();
        assert_eq!((frame.status, frame.whole), (200, answer.len()));
        assert_eq!(frame.whole - frame.head, 5);
        assert!(frame.is_success());
        assert_eq!(Frame::read(&answer[..30]).unwrap(), None);
    }

    #[test]
    fn an_answer_without_a_length_is_refused() {
        assert!(Frame::read(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert!(Frame::read(b"nonsense, nonsense\r\n\r\n").is_err());
    }
}
