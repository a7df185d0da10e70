//! The content before the attacks: many large products, and accounts.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use measure::{
    calls,
    client::{Client, ClientResponse},
    people::{self, TestAccount},
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Number of accounts, each with an artist and products.
const CREATORS: usize = 20;
const PRODUCTS: usize = 51;
/// Number of products whose description becomes eighteen times as long when its letters are
/// decomposed.
const LIGATURES: usize = 24;
/// Number of other accounts, which log in.
const PEOPLE: usize = 16;
/// Number of accounts of the attacker.
const ATTACKERS: usize = 30;

/// The content.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// Paths of products.
    pub(super) products: Vec<String>,
    pub(super) people: Vec<TestAccount>,
    pub(super) attackers: Vec<TestAccount>,
}

impl Content {
    /// Creates the content; the server must have no limits.
    pub(super) async fn create(address: SocketAddr) -> Result<Self> {
        let mut creators = JoinSet::new();
        for number in 0..CREATORS {
            creators.spawn(create_products(address, number));
        }
        let mut products = Vec::new();
        while let Some(made) = creators.join_next().await {
            products.extend(made??);
        }
        products.sort_unstable();
        Ok(Self {
            products,
            people: people::sign_up(address, "other", PEOPLE).await?,
            attackers: people::sign_up(address, "attacker", ATTACKERS).await?,
        })
    }
}

async fn create_products(address: SocketAddr, number: usize) -> Result<Vec<String>> {
    let mut client = Client::open(address).await?;
    let person = TestAccount::new("maker", number);
    client.expect_success(calls::sign_up(&person)).await?;
    let cookie = log_in(&mut client, &person).await?;
    let name = format!("Maker {number}");
    let artist = create_artist(&mut client, &cookie, &name).await?;
    let mut products = Vec::new();
    for product in 0..PRODUCTS {
        let body = large_product(&artist, &format!("Lamp {number} {product}"));
        let call = calls::post("/v1/products", &body, Some(&cookie));
        client.expect_success(call).await?;
        products.push(format!("/products/maker-{number}/lamp-{number}-{product}"));
    }
    if number == 0 {
        for product in 0..LIGATURES {
            let name = format!("Ligature {product}");
            let mut body = product_of(&artist, &name);
            body["description"] = "\u{fdfa}".repeat(10_000).into();
            // It may be refused: then there are none, and the search is for others.
            client
                .send(calls::post("/v1/products", &body, Some(&cookie)))
                .await?;
        }
    }
    Ok(products)
}

/// Logs in; returns the session cookie.
pub(super) async fn log_in(client: &mut Client, person: &TestAccount) -> Result<String> {
    let answer = client.send(calls::log_in(person)).await?;
    answer.session().context("a login without a cookie")
}

/// Creates a public artist; returns its id.
pub(super) async fn create_artist(client: &mut Client, cookie: &str, name: &str) -> Result<String> {
    let artist = json!({ "name": name, "status": "published" });
    let call = calls::post("/v1/artists", &artist, Some(cookie));
    id_of(&client.expect_success(call).await?)
}

fn id_of(answer: &ClientResponse) -> Result<String> {
    let json = answer.json();
    let id = json["data"]["id"].as_str().or(json["id"].as_str());
    id.map(str::to_owned).context("an answer without an id")
}

/// A small public product.
pub(super) fn product_of(artist: &str, name: &str) -> Value {
    json!({ "artist_id": artist, "name": name, "status": "published" })
}

/// A public product with a long description, 50 attributes and 30 offers of different retailers.
pub(super) fn large_product(artist: &str, name: &str) -> Value {
    let attributes = (0..50).map(
        |number| json!({ "name": format!("Property {number}"), "value": "a value of some length" }),
    );
    let offers = (0..30).map(|number| {
        let url = format!("https://www.shop-{number}.com/a/path/to/the/product?id={number}");
        json!({ "url": url, "price": { "minor": 9_999, "currency": "EUR" } })
    });
    let mut product = product_of(artist, name);
    product["description"] = "lamp light bright ".repeat(550).into();
    product["attributes"] = attributes.collect();
    product["offers"] = offers.collect();
    product
}
