//! A catalogue of real films.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context as _, Result, ensure};
use measure::{
    calls::{self, Call},
    client::{Client, send_all},
};
use rand::{RngExt as _, rngs::StdRng};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

/// Number of artists that share the films.
const ARTISTS: usize = 20;

/// A film.
#[derive(Clone, Debug)]
pub(crate) struct Film {
    title: String,
    about: String,
}

impl Film {
    /// The request that creates it as a video. Some films have the same title, so the slug is
    /// given.
    pub(crate) fn create(&self, artist: &str, slug: &str, cookie: &str) -> Call {
        let video = json!({
            "artist_id": artist, "title": self.title, "description": self.about,
            "slug": slug, "status": "published",
        });
        calls::post("/v1/videos", &video, Some(cookie))
    }

    /// A realistic query for the film: one of its words, often incomplete.
    pub(crate) fn typed(&self, rng: &mut StdRng) -> String {
        let is_word = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
        let words: Vec<_> = self.title.split(' ').filter(is_word).collect();
        let Some(word) = words.get(rng.random_range(0..words.len().max(1))) else {
            return "the".to_owned();
        };
        word[..rng.random_range(2..word.len()) + 1].to_owned()
    }
}

/// Reads the films of `movies.db` from the Python package `bokeh-sampledata` (from Wikidata, CC0
/// 1.0).
///
/// # Errors
/// If the file has another schema.
pub(crate) fn read(file: &Path) -> Result<Vec<Film>> {
    let films = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = films.prepare(
        "SELECT Title, coalesce(CAST(Year AS TEXT), ''), coalesce(Director, ''), coalesce(\"Cast\", '') FROM omdb
         WHERE length(Title) BETWEEN 1 AND 200 ORDER BY ID",
    )?;
    let film = |row: &rusqlite::Row<'_>| {
        let (title, year): (String, String) = (row.get(0)?, row.get(1)?);
        let (director, cast): (String, String) = (row.get(2)?, row.get(3)?);
        let about = format!("{year}. {director}. {cast}");
        Ok(Film { title, about })
    };
    let films = query.query_map([], film)?.collect::<Result<Vec<_>, _>>();
    let films = films.context("the films cannot be read")?;
    ensure!(!films.is_empty(), "there are no films");
    Ok(films)
}

/// Creates artists and distributes the films among them; returns the ids of the artists.
///
/// # Errors
/// If a request is rejected.
pub(crate) async fn load(address: SocketAddr, cookie: &str, films: &[Film]) -> Result<Vec<String>> {
    let mut client = Client::open(address).await?;
    let mut artists = Vec::with_capacity(ARTISTS);
    for number in 0..ARTISTS {
        let artist = json!({ "name": format!("Shelf {number}"), "status": "published" });
        let made = calls::post("/v1/artists", &artist, Some(cookie));
        artists.push(id(&client.expect_success(made).await?.json())?);
    }
    let of_each = artists.iter().cycle().zip(films).enumerate();
    let calls = of_each
        .map(|(number, (artist, film))| film.create(artist, &format!("film-{number}"), cookie));
    send_all(address, calls.collect()).await?;
    Ok(artists)
}

fn id(answer: &Value) -> Result<String> {
    let id = answer["data"]["id"].as_str();
    id.map(str::to_owned).context("an answer without an id")
}
