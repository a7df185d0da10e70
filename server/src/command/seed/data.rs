//! The sample catalogue: public data in `server/data/seed`; its `NOTICE.md` names the sources.
//!
//! Each file has one entity per line, with tabs between the columns.

use types::catalogue::{
    ArtistInput, AttributeInput, LinkInput, ProductInput, RetailerInput, Status, TimeInput,
    VideoInput,
};

const DIRECTORS: &str = include_str!("../../../data/seed/directors.tsv");
const FILMS: &str = include_str!("../../../data/seed/films.tsv");
const GEAR: &str = include_str!("../../../data/seed/gear.tsv");
const SHOPS: &str = include_str!("../../../data/seed/shops.tsv");

/// The slug of the artist of all products, who also proposes the retailers.
pub(super) const COLLECTION: &str = "lensfun-collection";
const MINUTE: u32 = 60_000;

/// All artists: the directors and the collection.
pub(super) fn artists() -> impl Iterator<Item = ArtistInput> {
    let directors = lines(DIRECTORS).map(|[slug, name]| director(slug, name));
    directors.chain([collection()])
}

/// All videos, each with the slug of its artist.
pub(super) fn videos() -> impl Iterator<Item = (&'static str, VideoInput)> {
    lines(FILMS).map(film)
}

/// All products.
pub(super) fn products() -> impl Iterator<Item = ProductInput> {
    lines(GEAR).map(gear)
}

/// All retailers.
pub(super) fn retailers() -> impl Iterator<Item = RetailerInput> {
    lines(SHOPS).map(retailer)
}

/// Splits each line. Missing columns become empty, which the check of an input refuses.
fn lines<const PARTS: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; PARTS]> {
    text.lines().map(|line| {
        let mut parts = line.split('\t');
        std::array::from_fn(|_| parts.next().unwrap_or_default())
    })
}

/// Directors are real people, so the biography says that the page is not theirs.
fn director(slug: &str, name: &str) -> ArtistInput {
    ArtistInput {
        name: name.to_owned(),
        slug: slug.to_owned(),
        bio: format!(
            "Sample content from Wikidata (CC0 1.0): films directed by {name}. \
             It is neither by nor on behalf of the person named."
        ),
        links: vec![link("Wikidata", "https://www.wikidata.org/")],
        status: Status::Published,
        ..ArtistInput::default()
    }
}

fn collection() -> ArtistInput {
    ArtistInput {
        name: "Lensfun collection".to_owned(),
        slug: COLLECTION.to_owned(),
        bio: "Sample content from the database of the Lensfun project (CC BY-SA 3.0): some of its \
              cameras and lenses, with their names, mounts and crop factors. It is neither by nor \
              on behalf of the makers named."
            .to_owned(),
        links: vec![
            link("Lensfun", "https://lensfun.github.io/"),
            link("Licence", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ],
        status: Status::Published,
        ..ArtistInput::default()
    }
}

fn film(parts: [&'static str; 10]) -> (&'static str, VideoInput) {
    let [
        artist,
        slug,
        title,
        year,
        minutes,
        genres,
        cast,
        languages,
        countries,
        imdb,
    ] = parts;
    let minutes = minutes.parse::<u32>().unwrap_or_default();
    let description = format!(
        "Film of {year}.\nGenres: {genres}\nCast: {cast}\nLanguages: {languages}\n\
         Countries: {countries}\nIMDb: {imdb}"
    );
    let video = VideoInput {
        title: title.to_owned(),
        slug: slug.to_owned(),
        description,
        duration: TimeInput::Millis(minutes * MINUTE),
        status: Status::Published,
        ..VideoInput::default()
    };
    (artist, video)
}

fn gear([slug, kind, maker, model, mounts, crop_factor]: [&'static str; 6]) -> ProductInput {
    let (what, crop) = match kind {
        "camera" => ("Camera", "Crop factor"),
        _ => ("Lens", "Crop factor when measured"),
    };
    ProductInput {
        name: model.to_owned(),
        slug: slug.to_owned(),
        brand: maker.to_owned(),
        description: format!("{what}. From the Lensfun database, CC BY-SA 3.0."),
        attributes: vec![
            attribute("Type", what),
            attribute("Mount", mounts),
            attribute(crop, crop_factor),
        ],
        status: Status::Published,
        ..ProductInput::default()
    }
}

fn retailer([slug, name, homepage, domains, _wikidata]: [&'static str; 5]) -> RetailerInput {
    RetailerInput {
        name: name.to_owned(),
        slug: slug.to_owned(),
        homepage: homepage.to_owned(),
        domains: domains.split(' ').map(str::to_owned).collect(),
    }
}

fn link(label: &str, url: &str) -> LinkInput {
    LinkInput {
        label: label.to_owned(),
        url: url.to_owned(),
    }
}

fn attribute(name: &str, value: &str) -> AttributeInput {
    AttributeInput {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[cfg(test)]
mod tests;
