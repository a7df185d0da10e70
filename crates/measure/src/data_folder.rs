//! Access to the data folder of a server that is not running.
//!
//! It knows how the embedded store stores accounts, because some states cannot be reached through
//! requests, or not quickly: a million accounts, a disabled one.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use data_encoding::HEXLOWER;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};

use crate::people::TestAccount;

const DATABASE: &str = "inspired.db";
const HASH: &[u8] = b"$argon2id$";
/// The parameters that every stored hash must have, so that no speed comes from cheaper hashes.
const PARAMETERS: &[u8] = b"v=19$m=19456,t=2,p=1$";

/// Counts the stored hashes.
///
/// # Errors
/// If one of them has other parameters, or there is none.
pub fn check_hashes(data: &Path) -> Result<usize> {
    let mut count = 0;
    for name in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
        let Ok(bytes) = fs::read(data.join(name)) else {
            continue;
        };
        for (at, _) in bytes
            .windows(HASH.len())
            .enumerate()
            .filter(|(_, part)| *part == HASH)
        {
            let rest = &bytes[at + HASH.len()..];
            ensure!(
                rest.starts_with(PARAMETERS),
                "a stored hash was made with other parameters than m=19456,t=2,p=1"
            );
            count += 1;
        }
    }
    ensure!(count > 0, "no stored hash was found");
    Ok(count)
}

/// Disables an account.
///
/// # Errors
/// If there is no such account.
pub fn disable(data: &Path, person: &TestAccount) -> Result<()> {
    let changed = open(data)?.execute(
        "UPDATE documents SET body = json_set(body, '$.is_active', json('false'))
         WHERE collection = 'accounts' AND body ->> '$.email_address' = ?1",
        [&person.address],
    )?;
    ensure!(
        changed == 1,
        "{} accounts to disable instead of one",
        changed
    );
    Ok(())
}

/// Copies an account `count` times, under the addresses of a group; all have its password.
///
/// # Errors
/// If there is no such account, or the disk is full.
pub fn multiply(data: &Path, person: &TestAccount, group: &str, count: usize) -> Result<()> {
    let mut connection = open(data)?;
    let account = DatabaseRow::of_account(&connection, person)?;
    let claim_id = claim_id(&person.address);
    let claim = DatabaseRow::find(&connection, "claims", &claim_id)?;
    let all = connection.transaction()?;
    {
        let mut insert = all.prepare("INSERT INTO documents VALUES (?1, ?2, ?3, ?4)")?;
        for number in 0..count {
            let id = format!("acc_{number:032x}");
            let address = TestAccount::new(group, number).address;
            let new_claim_id = self::claim_id(&address);
            let rename = |body: &str| {
                body.replace(&account.id, &id)
                    .replace(&person.address, &address)
                    .replace(&claim_id, &new_claim_id)
            };
            insert.execute(params![
                "accounts",
                id,
                account.revision,
                rename(&account.body)
            ])?;
            insert.execute(params![
                "claims",
                new_claim_id,
                claim.revision,
                rename(&claim.body)
            ])?;
        }
    }
    all.commit()?;
    Ok(())
}

#[derive(Debug)]
struct DatabaseRow {
    id: String,
    revision: i64,
    body: String,
}

impl DatabaseRow {
    fn of_account(connection: &Connection, person: &TestAccount) -> Result<Self> {
        let id: String = connection
            .query_row(
                "SELECT id FROM documents
                 WHERE collection = 'accounts' AND body ->> '$.email_address' = ?1",
                [&person.address],
                |row| row.get(0),
            )
            .with_context(|| format!("no account of {}", person.address))?;
        Self::find(connection, "accounts", &id)
    }

    fn find(connection: &Connection, collection: &str, id: &str) -> Result<Self> {
        connection
            .query_row(
                "SELECT id, revision, body FROM documents WHERE collection = ?1 AND id = ?2",
                [collection, id],
                |row| {
                    Ok(Self {
                        id: row.get(0)?,
                        revision: row.get(1)?,
                        body: row.get(2)?,
                    })
                },
            )
            .with_context(|| format!("no document {collection}/{id}"))
    }
}

fn open(data: &Path) -> Result<Connection> {
    let connection = Connection::open(data.join(DATABASE))?;
    connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA synchronous = NORMAL;")?;
    Ok(connection)
}

/// The id of a claim. The addresses of measurements are canonical as they are.
fn claim_id(address: &str) -> String {
    ["email/", &HEXLOWER.encode(&Sha256::digest(address))].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(content: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(DATABASE), content).unwrap();
        folder
    }

    #[test]
    fn a_cheaper_hash_is_found() {
        let good = "x$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$a2V5y";
        assert_eq!(
            check_hashes(folder(&format!("{good}{good}")).path()).unwrap(),
            2
        );
        let cheap = good.replace("19456", "8");
        assert!(check_hashes(folder(&format!("{good}{cheap}")).path()).is_err());
        assert!(check_hashes(folder("nothing").path()).is_err());
    }
}
