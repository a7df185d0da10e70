//! Attacks by requests, one after the other on each connection.

use anyhow::Result;
use http::{HeaderValue, header};
use measure::{
    calls::{self, Call},
    client::Client,
    people::TestAccount,
};
use serde_json::json;
use tokio::time::sleep;

use super::{AttackKind, Attacker, connections::TICK};
use crate::one_source::content::{create_artist, large_product, log_in, product_of};

/// Number of cookies in a request; all of them fit into a head.
const COOKIES: usize = 440;

/// The account of the attacker, once it is signed in.
#[derive(Debug, Default)]
struct AttackAccount {
    cookie: String,
    artist: String,
}

/// Sends requests until the attack is over.
pub(super) async fn send(attacker: Attacker, kind: AttackKind) {
    let mut round = 0;
    while !attacker.is_over() {
        if connection(&attacker, kind, &mut round).await.is_err() {
            attacker.note(0);
            sleep(TICK).await;
        }
    }
}

async fn connection(attacker: &Attacker, kind: AttackKind, round: &mut usize) -> Result<()> {
    let mut client = Client::open_from(attacker.source, attacker.address).await?;
    let account = match kind {
        AttackKind::Creations | AttackKind::Races => sign_in(&mut client, attacker, kind).await?,
        _ => AttackAccount::default(),
    };
    while !attacker.is_over() {
        *round += 1;
        let call = call(attacker, kind, &account, *round);
        let answer = client.send(call).await?;
        attacker.note(answer.status);
    }
    Ok(())
}

/// Signs in. All connections of an attack that saves share one account.
async fn sign_in(
    client: &mut Client,
    attacker: &Attacker,
    kind: AttackKind,
) -> Result<AttackAccount> {
    let number = if let AttackKind::Races = kind { 1 } else { 0 };
    let cookie = log_in(client, &attacker.content.attackers[number]).await?;
    let name = format!("Attacker {} {:08x}", attacker.number, rand::random::<u32>());
    let artist = match kind {
        AttackKind::Creations => create_artist(client, &cookie, &name).await?,
        _ => String::new(),
    };
    Ok(AttackAccount { cookie, artist })
}

fn call(attacker: &Attacker, kind: AttackKind, account: &AttackAccount, round: usize) -> Call {
    let products = &attacker.content.products;
    let turn = attacker.number + round;
    match kind {
        AttackKind::SiteMap => get(&format!("/sitemap/products-{}.xml", 1 + turn % 2)),
        AttackKind::Pages => match turn % 4 {
            0 => get(&format!("/products?page={}", 2 + turn % 40)),
            1 => get(&format!("/search?q=lamp+l+{}&kind=product", turn % 500)),
            2 => get(&format!("/artists/maker-{}", turn % 20)),
            _ => get(&products[(turn * 31) % products.len()]),
        },
        AttackKind::Search => get("/search?q=ligature&kind=product"),
        AttackKind::Logins => {
            let attackers = &attacker.content.attackers;
            // Each source has its own accounts.
            let share = attackers.len() / 3;
            let first = usize::from(attacker.source.octets()[3] - 1) * share;
            calls::log_in(of(&attackers[first..first + share], turn))
        }
        AttackKind::Creations => {
            let name = format!("Flood {turn} {:08x}", rand::random::<u32>());
            let body = match turn % 2 {
                0 => product_of(&account.artist, &name),
                _ => large_product(&account.artist, &name),
            };
            calls::post("/v1/products", &body, Some(&account.cookie))
        }
        AttackKind::Races => {
            let name = format!("Race {turn} {:08x}", rand::random::<u32>());
            calls::post(
                "/v1/artists",
                &json!({ "name": name }),
                Some(&account.cookie),
            )
        }
        AttackKind::Cookies => with_cookies(),
        AttackKind::Forms | AttackKind::Idle => get("/"),
    }
}

fn get(path: &str) -> Call {
    calls::get(path, None)
}

fn of(people: &[TestAccount], number: usize) -> &TestAccount {
    &people[number % people.len()]
}

/// A request with session cookies that do not exist.
fn with_cookies() -> Call {
    // Sixteen bytes in base64, as the server issues them.
    let session = || format!("session={:021x}A", rand::random::<u64>());
    let sessions: Vec<_> = (0..COOKIES).map(|_| session()).collect();
    let mut call = calls::post("/v1/auth/logout", &json!({}), None);
    if let Ok(sessions) = HeaderValue::try_from(sessions.join("; ")) {
        call.headers_mut().insert(header::COOKIE, sessions);
    }
    call
}
