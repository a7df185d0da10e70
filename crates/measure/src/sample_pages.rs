//! The pages of the benchmarks: a public video with products, and the form of one of them.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{calls, client::Client};

/// Number of products of the artist; each is placed in the video once.
const PRODUCTS: usize = 8;
/// Milliseconds between the starts of two placements.
const STEP: usize = 60_000;

/// The pages of one account.
#[derive(Clone, Debug)]
pub struct SamplePages {
    /// The path of the public page of a video with products.
    pub video: String,
    /// The path of the studio page on which the account edits a product.
    pub product_form: String,
}

impl SamplePages {
    /// Publishes an artist, products and a video for the account of a session. `artist` becomes
    /// the slug of the artist, so no other artist may have it.
    ///
    /// # Errors
    /// If a request is refused.
    pub async fn create(client: &mut Client, cookie: &str, artist: &str) -> Result<Self> {
        let body = json!({ "name": artist, "slug": artist, "status": "published" });
        let artist_id = create(client, "/v1/artists", &body, cookie).await?;
        let mut products = Vec::with_capacity(PRODUCTS);
        for number in 0..PRODUCTS {
            let body = product(&artist_id, number);
            products.push(create(client, "/v1/products", &body, cookie).await?);
        }
        create(client, "/v1/videos", &video(&artist_id, &products), cookie).await?;
        let first = products.first().context("there are no products")?;
        Ok(Self {
            video: format!("/videos/{artist}/one-room"),
            product_form: format!("/studio/products/{first}"),
        })
    }
}

async fn create(client: &mut Client, path: &str, body: &Value, cookie: &str) -> Result<String> {
    let call = calls::post(path, body, Some(cookie));
    let answer = client.expect_success(call).await?.json();
    let id = answer["data"]["id"].as_str();
    id.map(str::to_owned).context("an answer without an id")
}

fn product(artist: &str, number: usize) -> Value {
    let attributes = ["Width", "Height", "Depth"];
    let attributes = attributes.map(|name| json!({ "name": name, "value": "28 cm" }));
    let offers = [3_990, 4_490, 5_900].map(|minor| {
        let url = format!("https://shop-{minor}.example/lamps/{number}");
        json!({ "url": url, "price": { "minor": minor, "currency": "EUR" }, "availability": "in_stock" })
    });
    json!({
        "artist_id": artist, "name": format!("Lamp number {number}"), "brand": "Lumina",
        "description": "Warm light, a heavy foot, and a cable that is long enough. ".repeat(3),
        "attributes": attributes, "offers": offers, "status": "published",
    })
}

fn video(artist: &str, products: &[String]) -> Value {
    let placements = products.iter().enumerate().map(|(number, product)| {
        let start = number * STEP;
        json!({ "product_id": product, "start": start, "end": start + STEP / 2, "note": "On the left." })
    });
    let chapters = (0..4)
        .map(|number| json!({ "start": 2 * number * STEP, "title": format!("Corner {number}") }));
    json!({
        "artist_id": artist, "title": "One room, eight lamps", "slug": "one-room",
        "description": "What stands where in a very small room, and why. ".repeat(6),
        "url": "https://youtu.be/dQw4w9WgXcQ", "duration": 12 * STEP, "published_on": "2026-10-18",
        "placements": placements.collect::<Vec<_>>(), "chapters": chapters.collect::<Vec<_>>(),
        "status": "published",
    })
}
