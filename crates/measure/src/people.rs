//! Accounts for measurements.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};

use crate::{
    calls,
    client::{ClientResponse, send_all},
};

/// An account.
#[derive(Clone, Debug)]
pub struct TestAccount {
    /// The address as typed.
    pub address: String,
    /// The password.
    pub password: String,
}

impl TestAccount {
    /// The account with this number in a group; each pair of group and number is another account.
    pub fn new(group: &str, number: usize) -> Self {
        Self {
            address: format!("{group}-{number}@example.org"),
            password: format!("correct horse {number} battery"),
        }
    }

    /// The account with a wrong password.
    pub fn mistaken(&self) -> Self {
        Self {
            address: self.address.clone(),
            password: format!("{} staple", self.password),
        }
    }
}

/// Signs `count` accounts up.
///
/// # Errors
/// If one is refused.
pub async fn sign_up(address: SocketAddr, group: &str, count: usize) -> Result<Vec<TestAccount>> {
    let people: Vec<TestAccount> = (0..count)
        .map(|number| TestAccount::new(group, number))
        .collect();
    let calls = people.iter().map(calls::sign_up).collect();
    send_all(address, calls).await?;
    Ok(people)
}

/// Starts `count` sessions, of all these accounts in turn; returns their cookies.
///
/// # Errors
/// If one is refused.
pub async fn log_in(
    address: SocketAddr,
    people: &[TestAccount],
    count: usize,
) -> Result<Vec<String>> {
    let calls = people
        .iter()
        .cycle()
        .take(count)
        .map(calls::log_in)
        .collect();
    let answers = send_all(address, calls).await?;
    let sessions = answers.iter().map(ClientResponse::session);
    sessions
        .map(|session| session.context("a login without a cookie"))
        .collect()
}
